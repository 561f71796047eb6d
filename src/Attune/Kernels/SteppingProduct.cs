using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// The product Aᵀ·B that steps parameters w[M×N] instead of being stored: the weight gradient of a dense layer and the
/// optimizer in one pass. What limits it is the memory of parameters and optimizer, which is far larger than the
/// caches and is read and written once; so w is gone over in stretches of rows, each tile is asked for while the one
/// before it is computed, and B, which is small, is copied to where it is near.
/// </summary>
/// <remarks>
/// The sums pass through a buffer in the first-level cache: were the formulas part of the tile itself, the compiler
/// would give up keeping its sums in registers, and all products would be five times slower.
/// </remarks>
internal static unsafe class SteppingProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // A chunk's share of B stays in the second-level cache; long stretches of w are worth more than little of B.
    private const int MostCopied = 48 * 1024;
    private const int LeastChunkRows = 64;
    private const long SmallWork = 200_000;

    private static int PanelColumns => RegisterTile<TLanes, TVector>.Columns;

    /// <summary>K is one block, N whole vectors: see <see cref="Gemm.CanStep"/>.</summary>
    public static void Run(Workers workers, in ProductShape shape, in ProductOperands operands)
    {
        var job = new Job { Shape = shape, Operands = operands };
        bool isSmall = (long)shape.M * shape.N * shape.K < SmallWork;
        job.Cut(isSmall ? 1 : 2 * workers.Threads);
        (isSmall ? Workers.Single : workers).Run(ref job, job.Chunks);
    }

    private struct Job : IJob
    {
        public ProductShape Shape;
        public ProductOperands Operands;
        private int chunkRows;
        private int rowChunks;

        public readonly int Chunks => rowChunks * ColumnChunks;

        private readonly int ColumnChunks => (Shape.N + ChunkColumns - 1) / ChunkColumns;

        private readonly int ChunkColumns => Math.Max(MostCopied / Shape.K / PanelColumns, 1) * PanelColumns;

        /// <summary>By columns; by rows too, which means more copies of B, if those are too few.</summary>
        public void Cut(int wanted)
        {
            int rows = Math.Max(Shape.M * ColumnChunks / wanted, LeastChunkRows);
            chunkRows = (rows + TLanes.TileRows - 1) / TLanes.TileRows * TLanes.TileRows;
            rowChunks = (Shape.M + chunkRows - 1) / chunkRows;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            int firstColumn = chunk / rowChunks * ChunkColumns;
            int endColumn = Math.Min(firstColumn + ChunkColumns, Shape.N);
            int firstRow = chunk % rowChunks * chunkRows;
            int endRow = Math.Min(firstRow + chunkRows, Shape.M);
            float* b = CopyB(firstColumn, endColumn);
            float* a = Scratch.Rent(ScratchUse.PackedA, (long)TLanes.TileRows * Shape.K);
            float* sums = Scratch.Rent(ScratchUse.Product, (long)TLanes.TileRows * PanelColumns);
            for (int row = firstRow; row < endRow; row += TLanes.TileRows)
            {
                int rows = Math.Min(TLanes.TileRows, endRow - row);
                Packing.CopyStrip(Operands.A + row, Shape.StrideA, Shape.K, rows, rows, a);
                float* w = Operands.C + (nint)row * Shape.StrideC;
                Prefetch(w + firstColumn, rows, Math.Min(PanelColumns, endColumn - firstColumn));
                for (int column = firstColumn; column < endColumn; column += PanelColumns)
                {
                    int columns = Math.Min(PanelColumns, endColumn - column);
                    int next = column + columns;
                    Prefetch(w + next, rows, Math.Min(PanelColumns, endColumn - next));
                    RegisterTile<TLanes, TVector>.Run(
                        rows, columns / TLanes.Count, Shape.K, a,
                        new StridedRows(b + (nint)(column - firstColumn) * Shape.K, columns),
                        new TileStore { C = sums, Stride = PanelColumns });
                    TileSteps<TLanes, TVector>.Apply(
                        Operands.Step, rows, columns, sums, PanelColumns, w + column, Shape.StrideC);
                }
            }
        }

        /// <summary>Panels of B, each [K][columns].</summary>
        private readonly float* CopyB(int firstColumn, int endColumn)
        {
            float* copy = Scratch.Rent(ScratchUse.PackedB, (long)(endColumn - firstColumn) * Shape.K);
            for (int column = firstColumn; column < endColumn; column += PanelColumns)
            {
                int columns = Math.Min(PanelColumns, endColumn - column);
                Packing.CopyStrip(
                    Operands.B + column, Shape.StrideB, Shape.K, columns, columns,
                    copy + (nint)(column - firstColumn) * Shape.K);
            }
            return copy;
        }

        /// <summary>Asks for parameters and memory, a cache line at a time; it may ask past their end.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Prefetch(float* w, int rows, int columns)
        {
            const int Line = 16;
            if (!Sse.IsSupported)
                return;
            for (; rows > 0; rows--, w += Shape.StrideC)
                for (int column = 0; column < columns; column += Line)
                {
                    Sse.Prefetch1(w + column);
                    Sse.Prefetch1(w + Operands.Step.First + column);
                    if (Operands.Step.Kind == StepKind.Adam)
                        Sse.Prefetch1(w + Operands.Step.Second + column);
                }
        }
    }
}
