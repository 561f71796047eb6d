using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Squared Euclidean distances from one point to many rows, in float32: fast, and a little off. The relative error is
/// at most <see cref="RelativeError"/>, so that whoever needs the nearest rows exactly looks closer at those that come
/// near enough.
/// </summary>
/// <remarks>
/// A row's sum depends on its length alone, never on the rows beside it or on threads: lane j of the vector adds
/// elements j, j + width, …; then lanes 4, 8 and 12 behind each of the first four are added to it, then these four in
/// order, then the elements that fill no vector.
/// </remarks>
internal static unsafe class RowDistances
{
    // Four rows share each load of the point, and their sums do not wait for each other.
    private const int Group = 4;
    private const int ChunkFloats = 1 << 16;
    private const int MostLanes = 16;

    /// <summary>A bound of |computed - true| / true for rows of a length: each term is rounded three times, and then at
    /// most once for each addition. The 2^-23 in place of 2^-24 covers products of these.</summary>
    public static double RelativeError(int length) => (length + 8) * Math.ScaleB(1, -23);

    /// <summary>Writes the distance of every row.</summary>
    /// <param name="workers">Rows are shared out among these.</param>
    /// <param name="rows">One behind the other, each as long as <paramref name="point"/>.</param>
    /// <param name="point">At least one number.</param>
    /// <param name="distances">One for each row.</param>
    public static void Squared(
        Workers workers, ReadOnlySpan<float> rows, ReadOnlySpan<float> point, Span<float> distances) =>
        Squared(workers, VectorWidths.Best, rows, point, distances);

    /// <summary>The same with vectors of a chosen width.</summary>
    public static void Squared(
        Workers workers,
        VectorWidth width,
        ReadOnlySpan<float> rows,
        ReadOnlySpan<float> point,
        Span<float> distances)
    {
        Require.Length(point.Length, 1);
        Require.Length(rows.Length, (long)point.Length * distances.Length);
        // The spans stay pinned until all workers are done; every row that is read lies in them by the check above.
        fixed (float* row = rows)
        fixed (float* at = point)
        fixed (float* distance = distances)
        {
            var action = new Action
            {
                Workers = rows.Length > 2 * ChunkFloats ? workers : Workers.Single,
                Rows = row,
                Point = at,
                Distances = distance,
                Length = point.Length,
                Count = distances.Length,
            };
            VectorWidths.Run(width, ref action);
        }
    }

    private struct Action : IVectorAction
    {
        public Workers Workers;
        public float* Rows;
        public float* Point;
        public float* Distances;
        public int Length;
        public int Count;

        public void Run<TLanes, TVector>() where TLanes : struct, ILanes<TVector> where TVector : unmanaged
        {
            int chunk = Math.Max(Group, ChunkFloats / Length / Group * Group);
            var job = new Job<TLanes, TVector> { What = this, Chunk = chunk };
            Workers.Run(ref job, (int)(((long)Count + chunk - 1) / chunk));
        }
    }

    private struct Job<TLanes, TVector> : IJob where TLanes : struct, ILanes<TVector> where TVector : unmanaged
    {
        public Action What;
        public int Chunk;

        public void Run(int chunk)
        {
            float* lanes = stackalloc float[Group * MostLanes];
            int end = (int)Math.Min(What.Count, ((long)chunk + 1) * Chunk);
            int row = chunk * Chunk;
            for (; row <= end - Group; row += Group)
                FourRows<TLanes, TVector>(
                    What.Rows + (long)row * What.Length, What.Point, What.Length, lanes, What.Distances + row);
            for (; row < end; row++)
                What.Distances[row] = OneRow<TLanes, TVector>(
                    What.Rows + (long)row * What.Length, What.Point, What.Length, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows<TLanes, TVector>(
        float* rows, float* point, int length, float* lanes, float* distances)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* row1 = rows + length;
        float* row2 = row1 + length;
        float* row3 = row2 + length;
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TVector at = TLanes.Load(point + i);
            sum0 = Add<TLanes, TVector>(sum0, rows + i, at);
            sum1 = Add<TLanes, TVector>(sum1, row1 + i, at);
            sum2 = Add<TLanes, TVector>(sum2, row2 + i, at);
            sum3 = Add<TLanes, TVector>(sum3, row3 + i, at);
        }
        Sums<TLanes, TVector>(sum0, sum1, sum2, sum3, lanes).Store(distances);
        if (i == length)
            return;
        distances[0] = Tail(distances[0], rows, point, i, length);
        distances[1] = Tail(distances[1], row1, point, i, length);
        distances[2] = Tail(distances[2], row2, point, i, length);
        distances[3] = Tail(distances[3], row3, point, i, length);
    }

    private static float OneRow<TLanes, TVector>(float* row, float* point, int length, float* lanes)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector sum = default;
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
            sum = Add<TLanes, TVector>(sum, row + i, TLanes.Load(point + i));
        Vector128<float> folded = Fold<TLanes, TVector>(sum, lanes);
        return Tail(((folded[0] + folded[1]) + folded[2]) + folded[3], row, point, i, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TLanes, TVector>(TVector sum, float* row, TVector point)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector difference = TLanes.Subtract(TLanes.Load(row), point);
        return TLanes.MultiplyAdd(difference, difference, sum);
    }

    /// <summary>
    /// The sums of four vectors' lanes: quarters of the vectors are added in order, then the four lanes that are left.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sums<TLanes, TVector>(
        TVector sum0, TVector sum1, TVector sum2, TVector sum3, float* lanes)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        Vector128<float> a = Fold<TLanes, TVector>(sum0, lanes);
        Vector128<float> b = Fold<TLanes, TVector>(sum1, lanes + MostLanes);
        Vector128<float> c = Fold<TLanes, TVector>(sum2, lanes + (2 * MostLanes));
        Vector128<float> d = Fold<TLanes, TVector>(sum3, lanes + (3 * MostLanes));
        a.Store(lanes);
        b.Store(lanes + 4);
        c.Store(lanes + 8);
        d.Store(lanes + 12);
        return ((Column(lanes) + Column(lanes + 1)) + Column(lanes + 2)) + Column(lanes + 3);
    }

    /// <summary>A column of four rows of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Column(float* top) => Vector128.Create(top[0], top[4], top[8], top[12]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Fold<TLanes, TVector>(TVector vector, float* lanes)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TLanes.Store(lanes, vector);
        if (TLanes.Count < 4)
            return Vector128.CreateScalar(lanes[0]);
        Vector128<float> folded = Vector128.Load(lanes);
        for (int lane = 4; lane < TLanes.Count; lane += 4)
            folded += Vector128.Load(lanes + lane);
        return folded;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Tail(float sum, float* row, float* point, int from, int length)
    {
        for (int i = from; i < length; i++)
        {
            float difference = row[i] - point[i];
            sum += difference * difference;
        }
        return sum;
    }
}
