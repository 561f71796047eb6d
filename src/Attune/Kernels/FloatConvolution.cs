using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>Which kernel serves which convolution of floats. The choice depends on the geometry alone.</summary>
internal static unsafe class FloatConvolution
{
    public static void Forward(
        VectorWidth width, Workers workers, in ConvolutionGeometry g, int batch,
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, bool rectify)
    {
        // Pinned for the duration; the caller checked the sizes.
        fixed (float* px = x, pw = weights, pb = bias, py = y)
        {
            var operands = new WindowOperands
            {
                X = px, InputLength = x.Length, Y = py, End = new Epilogue { RowBias = pb, Rectify = rectify },
            };
            RunWindows(width, workers, g, batch, pw, operands);
        }
    }

    /// <summary>With the best vectors, for which the filters were packed.</summary>
    public static void Forward(
        Workers workers, int batch, ReadOnlySpan<float> x, PackedFilters filters, ReadOnlySpan<float> bias,
        Span<float> y, bool rectify)
    {
        // Pinned for the duration; the caller checked the sizes.
        fixed (float* px = x, pf = filters.Values, pb = bias, py = y)
        {
            var operands = new WindowOperands
            {
                X = px, InputLength = x.Length, Filters = pf, Y = py,
                End = new Epilogue { RowBias = pb, Rectify = rectify },
            };
            WindowKernels.Run(VectorWidths.Best, workers, filters.Geometry, batch, operands);
        }
    }

    public static void AddInputGradient(
        VectorWidth width, Workers workers, in ConvolutionGeometry g, int batch,
        ReadOnlySpan<float> dy, ReadOnlySpan<float> weights, Span<float> dx, bool isFirst = false)
    {
        // Pinned for the duration; the caller checked the sizes.
        fixed (float* pdy = dy, pw = weights, pdx = dx)
        {
            if (g.StrideHeight != 1 || g.StrideWidth != 1)
            {
                if (isFirst)
                    dx.Clear();
                ColumnGradient.AddInputGradient(width, workers, g, batch, pdy, pw, pdx);
                return;
            }
            float* mirrored = Scratch.Rent(ScratchUse.Gradient, g.WeightCount);
            WriteMirrored(g, pw, mirrored);
            var operands = new WindowOperands { X = pdy, InputLength = dy.Length, Y = pdx, Add = !isFirst };
            RunWindows(width, workers, Mirrored(g), batch, mirrored, operands);
        }
    }

    public static void AddWeightGradient(
        VectorWidth width, Workers workers, in ConvolutionGeometry g, int batch,
        ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw)
    {
        // Pinned for the duration; the caller checked the sizes.
        fixed (float* px = x, pdw = dw, pdy = dy)
        {
            var action = new GradientAction
            {
                Workers = workers, Geometry = g, Batch = batch, X = px, DY = pdy, DW = pdw,
            };
            VectorWidths.Run(width, ref action);
        }
    }

    /// <summary>Packs the weights into scratch memory and runs.</summary>
    private static void RunWindows(
        VectorWidth width, Workers workers, in ConvolutionGeometry g, int batch, float* weights,
        WindowOperands operands)
    {
        operands.Filters = Scratch.Rent(ScratchUse.Filters, WindowKernels.PackedSize(g));
        WindowKernels.Pack(width, workers, g, weights, operands.Filters);
        WindowKernels.Run(width, workers, g, batch, operands);
    }

    /// <summary>
    /// The convolution that takes dy to dx, stride 1: windows of the same size, mirrored, over dy, padded so that the
    /// last weight of a window meets the first output.
    /// </summary>
    private static ConvolutionGeometry Mirrored(in ConvolutionGeometry g) => g with
    {
        InputChannels = g.OutputChannels, InputHeight = g.OutputHeight, InputWidth = g.OutputWidth,
        OutputChannels = g.InputChannels, OutputHeight = g.InputHeight, OutputWidth = g.InputWidth,
        PadTop = (g.KernelHeight - 1) * g.DilationHeight - g.PadTop,
        PadLeft = (g.KernelWidth - 1) * g.DilationWidth - g.PadLeft,
    };

    /// <summary>Weights [groups × out × in × kernel] as [groups × in × out × mirrored kernel].</summary>
    private static void WriteMirrored(in ConvolutionGeometry g, float* weights, float* mirrored)
    {
        for (int group = 0; group < g.Groups; group++)
            for (int c = 0; c < g.GroupInputs; c++)
                for (int o = 0; o < g.GroupOutputs; o++)
                {
                    float* source = weights + (((nint)group * g.GroupOutputs + o) * g.GroupInputs + c) * g.KernelSize;
                    for (int i = g.KernelSize - 1; i >= 0; i--)
                        *mirrored++ = source[i];
                }
    }

    private struct GradientAction : IVectorAction
    {
        public Workers Workers;
        public ConvolutionGeometry Geometry;
        public int Batch;
        public float* X;
        public float* DY;
        public float* DW;

        public readonly void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector>
            where TVector : unmanaged
        {
            int tile = Winograd.TileOf(Geometry);
            if (tile == 4)
                WinogradGradient<Winograd4, TLanes, TVector>.Add(Workers, Geometry, Batch, X, DY, DW);
            else if (tile == 2)
                WinogradGradient<Winograd2, TLanes, TVector>.Add(Workers, Geometry, Batch, X, DY, DW);
            else
                WeightGradient<TLanes, TVector>.Add(Workers, Geometry, Batch, X, DY, DW);
        }
    }
}
