using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// The matrix product for one vector width. What is large in all directions goes to
/// <see cref="BlockedProduct{TLanes, TVector}"/>; the rest, a few rows by a weight matrix for the most part, is done
/// here.
///
/// A is packed whole, once, by the calling thread's workers: block of k after block, panels of as many rows as a
/// register tile has, each [k][rows]. C is cut into chunks of rows and columns, which the workers take. A chunk goes
/// through k in blocks of <see cref="Block"/>; per block it packs its panels of B (3 vectors of columns, [k][columns])
/// and runs the register tile down all its rows, panel after panel, so that a panel of B comes from the nearest cache
/// and A from the second. Cutting C differently changes no bit: each element is, in this order, C + (chain over the
/// first block of k) + (chain over the second) + ...
/// </summary>
internal static unsafe class FloatProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>
    /// Steps of k summed in registers before C is touched. Part of the result's definition: the same everywhere.
    /// </summary>
    public const int Block = 256;

    // A chunk's share of packed A, rows × Block floats, stays in the second-level cache.
    private const int MostChunkRows = 1024;
    private const int MostChunkPanels = 8;
    private const long SmallestChunk = 200_000;

    /// <summary>Most values of A packed at a time: bounds the scratch memory, not the result.</summary>
    private const long MostPackedA = 1 << 23;

    private static int PanelColumns => ProductPanel<TLanes, TVector>.Columns;

    /// <summary>Number of floats that B takes when packed: the last panel is narrower.</summary>
    public static long PackedSize(int k, int n) => (long)k * ProductPanel<TLanes, TVector>.Width(n);

    /// <summary>Packs all of op(B), panel after panel, each [k][columns].</summary>
    public static void PackAll(bool transpose, int k, int n, float* b, int stride, float* target)
    {
        for (int column = 0; column < n; column += PanelColumns)
        {
            int count = Math.Min(PanelColumns, n - column);
            int width = ProductPanel<TLanes, TVector>.Width(count);
            ProductPacking<TLanes, TVector>.Panel(transpose, b, stride, 0, k, column, count, width, target);
            target += (nint)k * width;
        }
    }

    public static void Multiply(Workers workers, in ProductShape shape, in ProductOperands operands)
    {
        if (BlockedProduct<TLanes, TVector>.Suits(shape, operands))
        {
            BlockedProduct<TLanes, TVector>.Multiply(workers, shape, operands);
            return;
        }
        int rowsAtOnce = (int)Math.Clamp(
            MostPackedA / Math.Max(shape.K, 1), 64, int.MaxValue / 2) / TLanes.TileRows * TLanes.TileRows;
        for (int row = 0; row < shape.M; row += rowsAtOnce)
        {
            int rows = Math.Min(rowsAtOnce, shape.M - row);
            MultiplyRows(workers, shape, operands, row, rows);
        }
    }

    private static void MultiplyRows(
        Workers workers, in ProductShape shape, in ProductOperands operands, int row, int rows)
    {
        float* packedA = Scratch.Rent(ScratchUse.PackedA, (long)rows * shape.K);
        var pack = new PackJob { Shape = shape, A = operands.A, FirstRow = row, Rows = rows, Target = packedA };
        Workers packers = (long)rows * shape.K > 1 << 16 ? workers : Workers.Single;
        packers.Run(ref pack, PackJob.Chunks(rows));

        var job = new MultiplyJob
        {
            Shape = shape, Operands = operands, PackedA = packedA, FirstRow = row, Rows = rows,
        };
        job.Cut(workers.Threads);
        workers.Run(ref job, job.Chunks);
    }

    private struct PackJob : IJob
    {
        // Panels per chunk; a chunk must be worth handing out.
        private const int Panels = 4;

        public ProductShape Shape;
        public float* A;
        public int FirstRow;
        public int Rows;
        public float* Target;

        public static int Chunks(int rows) => (rows + Panels * TLanes.TileRows - 1) / (Panels * TLanes.TileRows);

        public readonly void Run(int chunk)
        {
            int first = chunk * Panels * TLanes.TileRows;
            int end = Math.Min(first + Panels * TLanes.TileRows, Rows);
            for (int firstK = 0; firstK < Shape.K; firstK += Block)
            {
                int k = Math.Min(Block, Shape.K - firstK);
                ProductPacking<TLanes, TVector>.Rows(
                    Shape, A, FirstRow + first, end - first, firstK, k,
                    Target + (nint)firstK * Rows + (nint)first * k);
            }
        }
    }

    private struct MultiplyJob : IJob
    {
        public ProductShape Shape;
        public ProductOperands Operands;
        public float* PackedA;
        public int FirstRow;
        public int Rows;
        private int chunkRows;
        private int chunkPanels;
        private int rowChunks;
        private int columnChunks;

        public readonly int Chunks => rowChunks * columnChunks;

        /// <summary>Chunks that fit the caches and, if the work is worth it, enough of them for all threads.</summary>
        public void Cut(int threads)
        {
            int panels = (Shape.N + PanelColumns - 1) / PanelColumns;
            long work = (long)Rows * Shape.N * Math.Max(Shape.K, 1);
            long wanted = threads == 1 ? 1 : Math.Clamp(work / SmallestChunk, 1, threads * 4L);
            chunkPanels = (int)Math.Clamp(panels / wanted, 1, MostChunkPanels);
            columnChunks = (panels + chunkPanels - 1) / chunkPanels;
            long rowsWanted = Math.Max(
                (wanted + columnChunks - 1) / columnChunks, (Rows + MostChunkRows - 1) / MostChunkRows);
            int rowPanels = (Rows + TLanes.TileRows - 1) / TLanes.TileRows;
            chunkRows = (int)((rowPanels + rowsWanted - 1) / rowsWanted) * TLanes.TileRows;
            rowChunks = (Rows + chunkRows - 1) / chunkRows;
        }

        public readonly void Run(int chunk)
        {
            int firstRow = chunk % rowChunks * chunkRows;
            int firstColumn = chunk / rowChunks * chunkPanels * PanelColumns;
            int endColumn = Math.Min(firstColumn + chunkPanels * PanelColumns, Shape.N);
            int rows = Math.Min(chunkRows, Rows - firstRow);
            for (int firstK = 0; firstK < Shape.K; firstK += Block)
            {
                int k = Math.Min(Block, Shape.K - firstK);
                float* packed = Operands.PackedB == null && !MayReadInPlace(rows)
                    ? Pack(firstColumn, endColumn, firstK, k) : null;
                for (int column = firstColumn; column < endColumn; column += PanelColumns)
                    RunPanel(firstRow, rows, column, firstK, k, packed + (nint)(column - firstColumn) * k);
            }
        }

        private readonly void RunPanel(int firstRow, int rows, int column, int firstK, int k, float* packed)
        {
            int count = Math.Min(PanelColumns, Shape.N - column);
            int width = ProductPanel<TLanes, TVector>.Width(count);
            nint stride = width;
            float* b = packed;
            if (Operands.PackedB != null || MayReadInPlace(rows))
                b = PanelOfB(column, count, width, firstK, k, out stride);
            ProductPanel<TLanes, TVector>.Run(
                Shape, Operands, FirstRow + firstRow, rows, column, firstK, k,
                PackedA + (nint)firstK * Rows + (nint)firstRow * k, b, stride);
        }

        /// <summary>Few rows would not pay for a copy of B.</summary>
        private readonly bool MayReadInPlace(int rows) => !Shape.TransposeB && rows <= 2 * TLanes.TileRows;

        /// <summary>
        /// A panel as packed for good, or where it lies; a copy only of one that hangs over the edge.
        /// </summary>
        private readonly float* PanelOfB(int column, int count, int width, int firstK, int k, out nint stride)
        {
            stride = width;
            if (Operands.PackedB != null)
                return Operands.PackedB + (nint)column * Shape.K + (nint)firstK * width;
            if (count < width)
                return Pack(column, column + count, firstK, k);
            stride = Shape.StrideB;
            return Operands.B + (nint)firstK * stride + column;
        }

        /// <summary>Packs neighbouring panels for this thread, each [k][columns].</summary>
        private readonly float* Pack(int firstColumn, int endColumn, int firstK, int k)
        {
            float* packed = Scratch.Rent(ScratchUse.PackedB, MostChunkPanels * Block * PanelColumns);
            ProductPacking<TLanes, TVector>.Columns(
                Shape, Operands.B, firstColumn, endColumn, firstK, k, packed);
            return packed;
        }
    }
}

/// <summary>C[M×N] (+)= op(A)[M×K] · op(B)[K×N]; strides are floats between rows as they lie in memory.</summary>
internal readonly record struct ProductShape(
    bool TransposeA, bool TransposeB, int M, int N, int K, int StrideA, int StrideB, int StrideC, bool Accumulate);

/// <summary>The operands, pinned. <see cref="PackedB"/>, if not null, stands for <see cref="B"/>.</summary>
internal unsafe struct ProductOperands
{
    public float* A;
    public float* B;
    public float* PackedB;
    public float* C;
    public Epilogue End;

    /// <summary>
    /// If not none: C holds parameters and the product is their gradient. K is then one block, N whole vectors.
    /// </summary>
    public TileStep Step;
}
