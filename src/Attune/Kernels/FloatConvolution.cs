using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Convolution as a matrix product per sample and group: weights [out × filter] by columns [filter × positions], where a
/// column holds the inputs under one window. Only a tile of the columns exists at a time, small enough for the cache.
/// </summary>
internal static unsafe class FloatConvolution
{
    private const int MostColumns = 1 << 16;

    public static void Forward(
        Workers workers, in ConvolutionGeometry g, int batch,
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, bool rectify)
    {
        // Pinned for the duration; the caller checked the sizes.
        fixed (float* px = x, pw = weights, pb = bias, py = y)
        {
            var job = new TileJob { Geometry = g, X = px, Weights = pw, Y = py };
            job.End = new Epilogue { RowBias = pb, Rectify = rectify };
            job.Cut();
            workers.Run(ref job, batch * g.Groups * job.Tiles);
        }
    }

    public static void AddInputGradient(
        Workers workers, in ConvolutionGeometry g, int batch, ReadOnlySpan<float> dy, ReadOnlySpan<float> weights, Span<float> dx)
    {
        // Pinned for the duration; the caller checked the sizes.
        fixed (float* pdy = dy, pw = weights, pdx = dx)
        {
            var job = new InputGradientJob { Tile = new TileJob { Geometry = g, X = pdx, Weights = pw, Y = pdy } };
            job.Tile.Cut();
            workers.Run(ref job, batch * g.Groups);
        }
    }

    public static void AddWeightGradient(
        Workers workers, in ConvolutionGeometry g, int batch, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw)
    {
        // Pinned for the duration; the caller checked the sizes.
        fixed (float* px = x, pdw = dw, pdy = dy)
        {
            var tile = new TileJob { Geometry = g, X = px, Weights = pdw, Y = pdy };
            tile.Cut();
            for (int n = 0; n < batch; n++)
                for (int group = 0; group < g.Groups; group++)
                    for (int index = 0; index < tile.Tiles; index++)
                        tile.AddWeightGradient(workers, n, group, index);
        }
    }

    /// <summary>One tile of output positions of one group of one sample.</summary>
    private struct TileJob : IJob
    {
        public ConvolutionGeometry Geometry;
        public float* X;
        public float* Weights;
        public float* Y;
        public Epilogue End;
        private int tilePositions;

        public int Tiles { get; private set; }

        public void Cut()
        {
            tilePositions = Math.Clamp(MostColumns / Geometry.FilterSize / 48 * 48, 48, Math.Max(Geometry.OutputPlane, 48));
            Tiles = (Geometry.OutputPlane + tilePositions - 1) / tilePositions;
        }

        public readonly void Run(int chunk)
        {
            int tile = chunk % Tiles;
            int group = chunk / Tiles % Geometry.Groups;
            int n = chunk / Tiles / Geometry.Groups;
            (int first, int count) = Positions(tile);
            float* columns = Scratch.Rent(ScratchUse.Columns, (long)Geometry.FilterSize * count);
            Columns.Gather(Geometry, InputOf(n, group), first, count, columns);
            Product(
                Workers.Single, false, false, Geometry.GroupOutputs, count, Geometry.FilterSize,
                WeightsOf(group), Geometry.FilterSize, columns, count,
                OutputOf(n, group) + first, Geometry.OutputPlane, false, End.AtRow(group * Geometry.GroupOutputs));
        }

        public readonly void AddInputGradient(int n, int group, int tile)
        {
            (int first, int count) = Positions(tile);
            float* columns = Scratch.Rent(ScratchUse.Columns, (long)Geometry.FilterSize * count);
            Product(
                Workers.Single, true, false, Geometry.FilterSize, count, Geometry.GroupOutputs,
                WeightsOf(group), Geometry.FilterSize, OutputOf(n, group) + first, Geometry.OutputPlane,
                columns, count, false, default);
            Columns.Scatter(Geometry, columns, first, count, InputOf(n, group));
        }

        public readonly void AddWeightGradient(Workers workers, int n, int group, int tile)
        {
            (int first, int count) = Positions(tile);
            float* columns = Scratch.Rent(ScratchUse.Columns, (long)Geometry.FilterSize * count);
            Columns.Gather(Geometry, InputOf(n, group), first, count, columns);
            Product(
                workers, false, true, Geometry.GroupOutputs, Geometry.FilterSize, count,
                OutputOf(n, group) + first, Geometry.OutputPlane, columns, count,
                WeightsOf(group), Geometry.FilterSize, true, default);
        }

        private readonly (int First, int Count) Positions(int tile) =>
            (tile * tilePositions, Math.Min(tilePositions, Geometry.OutputPlane - tile * tilePositions));

        private readonly float* InputOf(int n, int group) =>
            X + (nint)n * Geometry.InputCount + (nint)group * Geometry.GroupInputs * Geometry.InputPlane;

        private readonly float* OutputOf(int n, int group) =>
            Y + (nint)n * Geometry.OutputCount + (nint)group * Geometry.GroupOutputs * Geometry.OutputPlane;

        private readonly float* WeightsOf(int group) => Weights + (nint)group * Geometry.GroupOutputs * Geometry.FilterSize;

        private static void Product(
            Workers workers, bool transposeA, bool transposeB, int m, int n, int k,
            float* a, int lda, float* b, int ldb, float* c, int ldc, bool accumulate, Epilogue end)
        {
            if (m == 0 || n == 0)
                return;
            var shape = new ProductShape(transposeA, transposeB, m, n, k, lda, ldb, ldc, accumulate);
            GemmKernels.Multiply(
                VectorWidths.Best, workers, shape, new ProductOperands { A = a, B = b, C = c, End = end });
        }
    }

    /// <summary>All tiles of a sample and group, one after the other, since windows overlap in dx.</summary>
    private struct InputGradientJob : IJob
    {
        public TileJob Tile;

        public readonly void Run(int chunk)
        {
            for (int tile = 0; tile < Tile.Tiles; tile++)
                Tile.AddInputGradient(chunk / Tile.Geometry.Groups, chunk % Tile.Geometry.Groups, tile);
        }
    }
}
