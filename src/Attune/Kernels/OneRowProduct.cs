using System.Numerics.Tensors;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// One row by a packed matrix, on several threads: a prediction's dense layer, which reads weights as fast as they come
/// and has few columns to share out. The matrix is cut into pieces of one panel and one block of k, as they lie in
/// memory, so that all threads read as much; what a piece sums up is kept, and the caller adds the blocks up in their
/// order. The bits are those of <see cref="FloatProduct{TLanes, TVector}"/>, whose chains end with a block too.
/// </summary>
internal static unsafe class OneRowProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int Block = FloatProduct<TLanes, TVector>.Block;
    private const long LeastWork = 1 << 17;
    private const int ChunksPerThread = 8;

    private static int PanelColumns => ProductPanel<TLanes, TVector>.Columns;

    public static bool Takes(Workers workers, in ProductShape shape, in ProductOperands operands) =>
        shape.M == 1 && operands.PackedB != null && !shape.TransposeA && !shape.Accumulate && workers.Threads > 1
        && shape.K > Block && (long)shape.K * shape.N >= LeastWork && operands.End.RowBias == null;

    public static void Multiply(Workers workers, in ProductShape shape, in ProductOperands operands)
    {
        var job = new Job
        {
            Shape = shape, Operands = operands, Blocks = (shape.K + Block - 1) / Block,
            Panels = (shape.N + PanelColumns - 1) / PanelColumns,
        };
        job.Sums = Scratch.Rent(ScratchUse.Product, (long)job.Blocks * job.Panels * PanelColumns);
        int pieces = job.Blocks * job.Panels;
        job.PerChunk = Math.Max(1, pieces / (ChunksPerThread * workers.Threads));
        workers.Run(ref job, (pieces + job.PerChunk - 1) / job.PerChunk);
        job.AddUp();
    }

    private struct Job : IJob
    {
        public ProductShape Shape;
        public ProductOperands Operands;

        /// <summary>[blocks][columns].</summary>
        public float* Sums;

        public int Blocks;
        public int Panels;
        public int PerChunk;

        public readonly void Run(int chunk)
        {
            for (int piece = chunk * PerChunk; piece < Math.Min((chunk + 1) * PerChunk, Blocks * Panels); piece++)
                Sum(piece / Blocks, piece % Blocks);
        }

        private readonly void Sum(int panel, int block)
        {
            int column = panel * PanelColumns;
            int width = ProductPanel<TLanes, TVector>.Width(Math.Min(PanelColumns, Shape.N - column));
            int firstK = block * Block;
            RegisterTile<TLanes, TVector>.Run(
                1, width / TLanes.Count, Math.Min(Block, Shape.K - firstK), Operands.A + firstK,
                new StridedRows(Operands.PackedB + (nint)column * Shape.K + (nint)firstK * width, width),
                new TileStore { C = Sums + (nint)block * Panels * PanelColumns + column });
        }

        public readonly void AddUp()
        {
            var total = new Span<float>(Operands.C, Shape.N);
            new ReadOnlySpan<float>(Sums, Shape.N).CopyTo(total);
            for (int block = 1; block < Blocks; block++)
                TensorPrimitives.Add(
                    total, new ReadOnlySpan<float>(Sums + (nint)block * Panels * PanelColumns, Shape.N), total);
            if (Operands.End.ColumnBias != null)
                TensorPrimitives.Add(total, new ReadOnlySpan<float>(Operands.End.ColumnBias, Shape.N), total);
            for (int column = 0; Operands.End.Rectify && column < total.Length; column++)
                if (total[column] < 0)
                    total[column] = 0;
        }
    }
}
