using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// C[m×n] = A[m×k]·Bᵀ with few rows of A and B [n×k]: a dense layer that trains. B, which is large and has just
/// changed, is read where it lies, along its rows, once; A is turned around in its place. The roles are exchanged: the
/// register tile computes Cᵀ, whose rows are the rows of B. The chains of k are those of <see
/// cref="FloatProduct{TLanes, TVector}"/>, and so are the bits.
/// </summary>
internal static unsafe class FewRowsProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // Rows of B: those of one register tile, so that each is read from its first value to its last without a stop.
    private const int ChunkRows = 8;
    private const int Block = FloatProduct<TLanes, TVector>.Block;

    // Columns of A turned around at a time.
    private const int TurnedColumns = 512;
    private const long SmallWork = 100_000;

    /// <summary>
    /// One row would leave the vectors empty. From three vectors of rows on the copy of B pays for itself.
    /// </summary>
    public static bool Takes(in ProductShape shape) =>
        !shape.TransposeA && shape.TransposeB && !shape.Accumulate && shape.M > 1 && shape.M <= 3 * TLanes.Count;

    public static void Multiply(Workers workers, in ProductShape shape, in ProductOperands operands)
    {
        int width = (shape.M + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        var job = new Job
        {
            Shape = shape, Operands = operands, Width = width,
            Turned = Scratch.Rent(ScratchUse.PackedA, (long)shape.K * width),
        };
        var turn = new TurnJob { Inner = job };
        Workers turners = (long)shape.K * width > 1 << 16 ? workers : Workers.Single;
        turners.Run(ref turn, (shape.K + TurnedColumns - 1) / TurnedColumns);
        long work = (long)shape.M * shape.N * shape.K;
        (work > SmallWork ? workers : Workers.Single).Run(ref job, (shape.N + ChunkRows - 1) / ChunkRows);
    }

    private struct TurnJob : IJob
    {
        public Job Inner;

        public readonly void Run(int chunk)
        {
            int first = chunk * TurnedColumns;
            int k = Math.Min(TurnedColumns, Inner.Shape.K - first);
            Packing.TransposeStrip(
                Inner.Operands.A + first, Inner.Shape.StrideA, k, Inner.Shape.M, Inner.Width,
                Inner.Turned + (nint)first * Inner.Width);
        }
    }

    private struct Job : IJob
    {
        public ProductShape Shape;
        public ProductOperands Operands;
        public float* Turned;
        public int Width;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            int first = chunk * ChunkRows;
            int rows = Math.Min(ChunkRows, Shape.N - first);
            int* offsets = stackalloc int[ChunkRows];
            for (int row = 0; row < rows; row++)
                offsets[row] = row * Shape.StrideB;
            float* b = Operands.B + (nint)first * Shape.StrideB;
            float* sums = Scratch.Rent(ScratchUse.Product, ChunkRows * Width);
            new Span<float>(sums, rows * Width).Clear();
            for (int k = 0; k < Shape.K; k += Block)
                GradientTile<TLanes, TVector>.Add(
                    rows, Width / TLanes.Count, Math.Min(Block, Shape.K - k), b + k, offsets,
                    Turned + (nint)k * Width, sums, Width);
            Store(first, rows, sums);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Store(int first, int rows, float* sums)
        {
            for (int i = 0; i < Shape.M; i++)
            {
                float* c = Operands.C + (nint)i * Shape.StrideC + first;
                for (int j = 0; j < rows; j++)
                {
                    float sum = sums[j * Width + i];
                    if (Operands.End.ColumnBias != null)
                        sum += Operands.End.ColumnBias[first + j];
                    c[j] = Operands.End.Rectify && sum < 0 ? 0 : sum;
                }
            }
        }
    }
}
