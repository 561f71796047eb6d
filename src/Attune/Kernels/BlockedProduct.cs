using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// The product of matrices that are large in all three directions. Block after block of k, the workers pack that block
/// of A and of B together, and then take chunks of C: 256 rows of A (256 KB) and up to 24 panels of B
/// (1.1 MB) stay in a core's second-level cache, while B's panels pass through the nearest one. What is packed is used
/// at once, by all workers, and packed over by the next block: the whole of A and B, packed beforehand, would be
/// fetched from afar.
/// </summary>
internal static unsafe class BlockedProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int Block = FloatProduct<TLanes, TVector>.Block;

    /// <summary>Fewer than this in any direction, and packing both sides in blocks does not pay.</summary>
    private const int Least = 128;

    /// <summary>Most rows and columns packed at a time: bounds the scratch memory, not the result.</summary>
    private const int MostPacked = 1 << 13;

    public static bool Suits(in ProductShape shape, in ProductOperands operands) =>
        shape.M >= Least && shape.N >= Least && shape.K >= Least
        && operands.PackedB == null;

    public static void Multiply(Workers workers, in ProductShape shape, in ProductOperands operands)
    {
        for (int column = 0; column < shape.N; column += MostPacked / Columns * Columns)
            for (int row = 0; row < shape.M; row += MostPacked)
            {
                int columns = Math.Min(MostPacked / Columns * Columns, shape.N - column);
                MultiplyPart(workers, shape, operands, row, Math.Min(MostPacked, shape.M - row), column, columns);
            }
    }

    private static int Columns => ProductPanel<TLanes, TVector>.Columns;

    private static void MultiplyPart(
        Workers workers, in ProductShape shape, in ProductOperands operands,
        int firstRow, int rows, int firstColumn, int columns)
    {
        int most = Math.Min(Block, shape.K);
        int width = ProductPanel<TLanes, TVector>.Width(columns);
        var part = new Part
        {
            Shape = shape, Operands = operands, FirstRow = firstRow, Rows = rows, FirstColumn = firstColumn,
            EndColumn = firstColumn + columns,
            PackedA = Scratch.Rent(ScratchUse.PackedA, (long)rows * most),
            PackedB = Scratch.Rent(ScratchUse.PackedB, (long)width * most),
        };
        var pack = new PackJob(part);
        var multiply = new MultiplyJob(part, workers.Threads);
        for (int firstK = 0; firstK < shape.K; firstK += Block)
        {
            pack.Begin(firstK);
            workers.Run(ref pack, pack.Chunks);
            multiply.Begin(firstK);
            workers.Run(ref multiply, multiply.Chunks);
        }
    }

    /// <summary>Rows and columns of C, and where a block of their operands is packed.</summary>
    private struct Part
    {
        public ProductShape Shape;
        public ProductOperands Operands;
        public int FirstRow;
        public int Rows;
        public int FirstColumn;
        public int EndColumn;
        public int FirstK;
        public float* PackedA;
        public float* PackedB;

        public readonly int K => Math.Min(Block, Shape.K - FirstK);
    }

    /// <summary>The first chunks are rows of A, the others columns of B.</summary>
    private struct PackJob(Part part) : IJob
    {
        private const int ChunkRows = 64;

        private readonly int rowChunks = (part.Rows + ChunkRows - 1) / ChunkRows;

        // two panels each
        private readonly int columnChunks = (part.EndColumn - part.FirstColumn + 2 * Columns - 1) / (2 * Columns);

        public readonly int Chunks => rowChunks + columnChunks;

        public void Begin(int firstK) => part.FirstK = firstK;

        public readonly void Run(int chunk)
        {
            if (chunk < rowChunks)
            {
                int row = chunk * ChunkRows;
                ProductPacking<TLanes, TVector>.Rows(
                    part.Shape, part.Operands.A, part.FirstRow + row, Math.Min(ChunkRows, part.Rows - row), part.FirstK,
                    part.K, part.PackedA + (nint)row * part.K);
                return;
            }
            int first = part.FirstColumn + (chunk - rowChunks) * 2 * Columns;
            ProductPacking<TLanes, TVector>.Columns(
                part.Shape, part.Operands.B, first, Math.Min(first + 2 * Columns, part.EndColumn), part.FirstK, part.K,
                part.PackedB + (nint)(first - part.FirstColumn) * part.K);
        }
    }

    private struct MultiplyJob : IJob
    {
        private const int MostChunkRows = 256;
        private const int MostChunkPanels = 24;
        private const int ChunksPerThread = 4;
        private const int LeastTiles = 16;

        private Part part;
        private readonly int chunkRows;
        private readonly int chunkPanels;
        private readonly int columnChunks;

        /// <summary>Cuts C into chunks that fit the cache, and enough of them for all threads.</summary>
        public MultiplyJob(Part part, int threads)
        {
            this.part = part;
            int panels = (part.EndColumn - part.FirstColumn + Columns - 1) / Columns;
            columnChunks = (panels + MostChunkPanels - 1) / MostChunkPanels;
            chunkPanels = (panels + columnChunks - 1) / columnChunks;
            int tiles = (part.Rows + TLanes.TileRows - 1) / TLanes.TileRows;
            int wanted = threads == 1 ? 1 : threads * ChunksPerThread;
            int most = Math.Min(
                MostChunkRows / TLanes.TileRows, (tiles * columnChunks + wanted - 1) / wanted);
            chunkRows = Math.Max(most, (LeastTiles + chunkPanels - 1) / chunkPanels) * TLanes.TileRows;
            Chunks = (part.Rows + chunkRows - 1) / chunkRows * columnChunks;
        }

        public int Chunks { get; }

        public void Begin(int firstK) => part.FirstK = firstK;

        public readonly void Run(int chunk)
        {
            int row = chunk / columnChunks * chunkRows;
            int first = part.FirstColumn + chunk % columnChunks * chunkPanels * Columns;
            int end = Math.Min(first + chunkPanels * Columns, part.EndColumn);
            for (int column = first; column < end; column += Columns)
                ProductPanel<TLanes, TVector>.Run(
                    part.Shape, part.Operands, part.FirstRow + row, Math.Min(chunkRows, part.Rows - row), column,
                    part.FirstK, part.K, part.PackedA + (nint)row * part.K,
                    part.PackedB + (nint)(column - part.FirstColumn) * part.K,
                    ProductPanel<TLanes, TVector>.Width(Math.Min(Columns, part.Shape.N - column)));
        }
    }
}
