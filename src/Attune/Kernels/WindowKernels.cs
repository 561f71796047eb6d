using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Which of the kernels that read <see cref="WindowPlanes"/> serves which convolution, and their steps as calls that
/// take their vector width at run time.
/// </summary>
internal static unsafe class WindowKernels
{
    /// <summary>Floats that the filters take when packed for their kernel.</summary>
    public static long PackedSize(in ConvolutionGeometry g) => Winograd.TileOf(g) switch
    {
        4 => Winograd.FilterSize<Winograd4>(g),
        2 => Winograd.FilterSize<Winograd2>(g),
        _ => g.WeightCount,
    };

    public static void Pack(VectorWidth width, Workers workers, in ConvolutionGeometry g, float* weights, float* target)
    {
        var action = new PackAction { Workers = workers, Geometry = g, Weights = weights, Target = target };
        VectorWidths.Run(width, ref action);
    }

    /// <summary>With filters as <see cref="Pack"/> left them.</summary>
    public static void Run(
        VectorWidth width, Workers workers, in ConvolutionGeometry g, int batch, in WindowOperands operands)
    {
        var action = new RunAction { Workers = workers, Geometry = g, Batch = batch, Operands = operands };
        VectorWidths.Run(width, ref action);
    }

    private struct PackAction : IVectorAction
    {
        public Workers Workers;
        public ConvolutionGeometry Geometry;
        public float* Weights;
        public float* Target;

        public readonly void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector>
            where TVector : unmanaged
        {
            int tile = Winograd.TileOf(Geometry);
            if (tile == 4)
                WinogradProduct<Winograd4, TLanes, TVector>.Pack(Workers, Geometry, Weights, Target);
            else if (tile == 2)
                WinogradProduct<Winograd2, TLanes, TVector>.Pack(Workers, Geometry, Weights, Target);
            else if (Depthwise<TLanes, TVector>.Serves(Geometry))
                new ReadOnlySpan<float>(Weights, Geometry.WeightCount).CopyTo(
                    new Span<float>(Target, Geometry.WeightCount));
            else
                WindowProduct<TLanes, TVector>.Pack(Geometry, Weights, Target);
        }
    }

    private struct RunAction : IVectorAction
    {
        public Workers Workers;
        public ConvolutionGeometry Geometry;
        public int Batch;
        public WindowOperands Operands;

        public readonly void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector>
            where TVector : unmanaged
        {
            int tile = Winograd.TileOf(Geometry);
            if (tile == 4)
                WinogradProduct<Winograd4, TLanes, TVector>.Run(Workers, Geometry, Batch, Operands);
            else if (tile == 2)
                WinogradProduct<Winograd2, TLanes, TVector>.Run(Workers, Geometry, Batch, Operands);
            else if (DepthwiseRows<TLanes, TVector>.Serves(Geometry, Operands.Add))
                DepthwiseRows<TLanes, TVector>.Run(Workers, Geometry, Batch, Operands);
            else if (Depthwise<TLanes, TVector>.Serves(Geometry))
                Depthwise<TLanes, TVector>.Run(Workers, Geometry, Batch, Operands);
            else if (BandProduct<TLanes, TVector>.Serves(Geometry, Operands.Add))
                BandProduct<TLanes, TVector>.Run(Workers, Geometry, Batch, Operands);
            else
                WindowProduct<TLanes, TVector>.Run(Workers, Geometry, Batch, Operands);
        }
    }
}
