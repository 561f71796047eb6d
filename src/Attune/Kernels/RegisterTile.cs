using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// The innermost part of a matrix product: a tile of C of up to 8 rows and 3 vectors of columns, kept in registers
/// while the loop runs over k. Per step it loads one row of B (3 vectors), broadcasts up to 8 values of A, and does up
/// to 24 multiply-adds, so that arithmetic and not loading is what limits it: 11 loads to 24 multiply-adds, of which
/// a processor does two each per cycle. Every element of C is one chain of multiply-adds in the order of k,
/// whatever tile it lies in.
/// </summary>
internal static unsafe class RegisterTile<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // Steps of k between one row of C that is asked for and the next: a block of 256 covers two tiles.
    private const int StepsPerRow = 16;

    /// <summary>Columns of a full tile.</summary>
    public static int Columns => 3 * TLanes.Count;

    /// <summary>
    /// The sum over k steps, then stored by <paramref name="store"/>. The caller promises that <paramref name="a"/> has
    /// k·rows values ([k][rows]), <paramref name="b"/> gives k rows of <paramref name="vectors"/> full vectors,
    /// and that what the store describes lies inside C.
    /// </summary>
    public static void Run<TRowsOfB>(int rows, int vectors, int k, float* a, TRowsOfB b, in TileStore store)
        where TRowsOfB : struct, IRowsOfB
    {
        switch (vectors)
        {
            case 1:
                Run<TRowsOfB, One>(rows, k, a, b, store);
                break;
            case 2:
                Run<TRowsOfB, Two>(rows, k, a, b, store);
                break;
            default:
                Run<TRowsOfB, Three>(rows, k, a, b, store);
                break;
        }
    }

    private static void Run<TRowsOfB, TVectors>(int rows, int k, float* a, TRowsOfB b, in TileStore store)
        where TRowsOfB : struct, IRowsOfB
        where TVectors : struct, ITileSize
    {
        switch (rows)
        {
            case 1:
                Run<One, TVectors, TRowsOfB>(k, a, b, store);
                break;
            case 2:
                Run<Two, TVectors, TRowsOfB>(k, a, b, store);
                break;
            case 3:
                Run<Three, TVectors, TRowsOfB>(k, a, b, store);
                break;
            case 4:
                Run<Four, TVectors, TRowsOfB>(k, a, b, store);
                break;
            case 5:
                Run<Five, TVectors, TRowsOfB>(k, a, b, store);
                break;
            case 6:
                Run<Six, TVectors, TRowsOfB>(k, a, b, store);
                break;
            case 7:
                Run<Seven, TVectors, TRowsOfB>(k, a, b, store);
                break;
            default:
                Run<Eight, TVectors, TRowsOfB>(k, a, b, store);
                break;
        }
    }

    // Longer than a method should be: cut up, the accumulators would not stay in registers. The conditions are
    // constants.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SuppressMessage(
        "Style", "IDE0059", Justification = "The first values matter in the instances that skip the loop.")]
    private static void Run<TRows, TVectors, TRowsOfB>(int k, float* a, TRowsOfB rowsOfB, in TileStore store)
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
        where TRowsOfB : struct, IRowsOfB
    {
        TVector c00 = default, c01 = default, c02 = default;
        TVector c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default;
        TVector c30 = default, c31 = default, c32 = default;
        TVector c40 = default, c41 = default, c42 = default;
        TVector c50 = default, c51 = default, c52 = default;
        TVector c60 = default, c61 = default, c62 = default;
        TVector c70 = default, c71 = default, c72 = default;
        float* row = store.C;
        while (k > 0)
        {
            // The rows of C, of this tile and of the next one below, come nearer while the sums are made, a few
            // cache lines at a time: asked for together they would keep B waiting. Beyond C this asks for nothing.
            TLanes.Prefetch(row);
            if (TVectors.Value > 1)
                TLanes.Prefetch(row + TLanes.Count);
            if (TVectors.Value > 2)
                TLanes.Prefetch(row + 2 * TLanes.Count);
            row += store.Stride;
            int steps = Math.Min(k, StepsPerRow);
            k -= steps;
            for (; steps > 0; steps--)
            {
                float* b = rowsOfB.Next();
                TVector b0 = TLanes.Load(b);
                TVector b1 = TVectors.Value > 1 ? TLanes.Load(b + TLanes.Count) : default;
                TVector b2 = TVectors.Value > 2 ? TLanes.Load(b + 2 * TLanes.Count) : default;
                TVector value = TLanes.Broadcast(a[0]);
                c00 = TLanes.MultiplyAdd(value, b0, c00);
                if (TVectors.Value > 1)
                    c01 = TLanes.MultiplyAdd(value, b1, c01);
                if (TVectors.Value > 2)
                    c02 = TLanes.MultiplyAdd(value, b2, c02);
                if (TRows.Value > 1)
                {
                    value = TLanes.Broadcast(a[1]);
                    c10 = TLanes.MultiplyAdd(value, b0, c10);
                    if (TVectors.Value > 1)
                        c11 = TLanes.MultiplyAdd(value, b1, c11);
                    if (TVectors.Value > 2)
                        c12 = TLanes.MultiplyAdd(value, b2, c12);
                }
                if (TRows.Value > 2)
                {
                    value = TLanes.Broadcast(a[2]);
                    c20 = TLanes.MultiplyAdd(value, b0, c20);
                    if (TVectors.Value > 1)
                        c21 = TLanes.MultiplyAdd(value, b1, c21);
                    if (TVectors.Value > 2)
                        c22 = TLanes.MultiplyAdd(value, b2, c22);
                }
                if (TRows.Value > 3)
                {
                    value = TLanes.Broadcast(a[3]);
                    c30 = TLanes.MultiplyAdd(value, b0, c30);
                    if (TVectors.Value > 1)
                        c31 = TLanes.MultiplyAdd(value, b1, c31);
                    if (TVectors.Value > 2)
                        c32 = TLanes.MultiplyAdd(value, b2, c32);
                }
                if (TRows.Value > 4)
                {
                    value = TLanes.Broadcast(a[4]);
                    c40 = TLanes.MultiplyAdd(value, b0, c40);
                    if (TVectors.Value > 1)
                        c41 = TLanes.MultiplyAdd(value, b1, c41);
                    if (TVectors.Value > 2)
                        c42 = TLanes.MultiplyAdd(value, b2, c42);
                }
                if (TRows.Value > 5)
                {
                    value = TLanes.Broadcast(a[5]);
                    c50 = TLanes.MultiplyAdd(value, b0, c50);
                    if (TVectors.Value > 1)
                        c51 = TLanes.MultiplyAdd(value, b1, c51);
                    if (TVectors.Value > 2)
                        c52 = TLanes.MultiplyAdd(value, b2, c52);
                }
                if (TRows.Value > 6)
                {
                    value = TLanes.Broadcast(a[6]);
                    c60 = TLanes.MultiplyAdd(value, b0, c60);
                    if (TVectors.Value > 1)
                        c61 = TLanes.MultiplyAdd(value, b1, c61);
                    if (TVectors.Value > 2)
                        c62 = TLanes.MultiplyAdd(value, b2, c62);
                }
                if (TRows.Value > 7)
                {
                    value = TLanes.Broadcast(a[7]);
                    c70 = TLanes.MultiplyAdd(value, b0, c70);
                    if (TVectors.Value > 1)
                        c71 = TLanes.MultiplyAdd(value, b1, c71);
                    if (TVectors.Value > 2)
                        c72 = TLanes.MultiplyAdd(value, b2, c72);
                }
                a += TRows.Value;
            }
        }
        Store<TVectors>(store, 0, c00, c01, c02);
        if (TRows.Value > 1)
            Store<TVectors>(store, 1, c10, c11, c12);
        if (TRows.Value > 2)
            Store<TVectors>(store, 2, c20, c21, c22);
        if (TRows.Value > 3)
            Store<TVectors>(store, 3, c30, c31, c32);
        if (TRows.Value > 4)
            Store<TVectors>(store, 4, c40, c41, c42);
        if (TRows.Value > 5)
            Store<TVectors>(store, 5, c50, c51, c52);
        if (TRows.Value > 6)
            Store<TVectors>(store, 6, c60, c61, c62);
        if (TRows.Value > 7)
            Store<TVectors>(store, 7, c70, c71, c72);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(in TileStore store, int row, TVector c0, TVector c1, TVector c2)
        where TVectors : struct, ITileSize
    {
        float* c = store.C + row * store.Stride;
        Store(store, row, 0, c, c0);
        if (TVectors.Value > 1)
            Store(store, row, TLanes.Count, c + TLanes.Count, c1);
        if (TVectors.Value > 2)
            Store(store, row, 2 * TLanes.Count, c + 2 * TLanes.Count, c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in TileStore store, int row, int column, float* c, TVector sum)
    {
        if (store.Add)
            sum = TLanes.Add(TLanes.Load(c), sum);
        if (store.RowBias != null)
            sum = TLanes.Add(sum, TLanes.Broadcast(store.RowBias[row]));
        if (store.ColumnBias != null)
            sum = TLanes.Add(sum, TLanes.Load(store.ColumnBias + column));
        if (store.Rectify)
            sum = TLanes.Rectify(sum);
        TLanes.Store(c, sum);
    }
}

/// <summary>How a register tile finds the next row of B.</summary>
internal unsafe interface IRowsOfB
{
    float* Next();
}

/// <summary>Rows at one distance: a packed panel, or a matrix as it lies in memory.</summary>
internal unsafe struct StridedRows(float* first, nint stride) : IRowsOfB
{
    private float* at = first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Next()
    {
        float* row = at;
        at += stride;
        return row;
    }
}

/// <summary>Rows wherever a list of offsets says: the shifted planes of a convolution.</summary>
internal unsafe struct OffsetRows(float* origin, int* offsets) : IRowsOfB
{
    private int* offset = offsets;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Next() => origin + *offset++;
}

/// <summary>Where a finished tile goes and what is done on the way.</summary>
internal unsafe struct TileStore
{
    public float* C;
    public nint Stride;

    /// <summary>Add to what is there, rather than overwrite it.</summary>
    public bool Add;

    public float* RowBias;
    public float* ColumnBias;
    public bool Rectify;
}
