using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// The input gradient of a convolution with a stride, by columns: weightsᵀ [filter × out] · dy [out × positions] gives
/// what every weight sends back from every position, and <see cref="Columns"/> adds it up. Only a tile of positions
/// exists at a time.
/// </summary>
internal static unsafe class ColumnGradient
{
    private const int MostColumns = 1 << 16;

    public static void AddInputGradient(
        VectorWidth width, Workers workers, in ConvolutionGeometry g, int batch, float* dy, float* weights, float* dx)
    {
        var job = new Job { Width = width, Geometry = g, DY = dy, Weights = weights, DX = dx };
        workers.Run(ref job, batch * g.Groups);
    }

    private struct Job : IJob
    {
        public VectorWidth Width;
        public ConvolutionGeometry Geometry;
        public float* DY;
        public float* Weights;
        public float* DX;

        /// <summary>One group of one sample, tile after tile, since windows overlap in dx.</summary>
        public readonly void Run(int chunk)
        {
            int n = chunk / Geometry.Groups;
            int group = chunk % Geometry.Groups;
            int atOnce = Math.Clamp(
                MostColumns / Geometry.FilterSize / 48 * 48, 48, Math.Max(Geometry.OutputPlane, 48));
            float* columns = Scratch.Rent(ScratchUse.Columns, (long)Geometry.FilterSize * atOnce);
            float* dx = DX + (nint)n * Geometry.InputCount + (nint)group * Geometry.GroupInputs * Geometry.InputPlane;
            for (int first = 0; first < Geometry.OutputPlane; first += atOnce)
            {
                int count = Math.Min(atOnce, Geometry.OutputPlane - first);
                Multiply(n, group, first, count, columns);
                Columns.Scatter(Geometry, columns, first, count, dx);
            }
        }

        private readonly void Multiply(int n, int group, int first, int count, float* columns)
        {
            var shape = new ProductShape(
                true, false, Geometry.FilterSize, count, Geometry.GroupOutputs,
                Geometry.FilterSize, Geometry.OutputPlane, count, false);
            var operands = new ProductOperands
            {
                A = Weights + (nint)group * Geometry.GroupOutputs * Geometry.FilterSize,
                B = DY + (nint)n * Geometry.OutputCount + (nint)group * Geometry.GroupOutputs * Geometry.OutputPlane
                    + first,
                C = columns,
            };
            GemmKernels.Multiply(Width, Workers.Single, shape, operands);
        }
    }
}
