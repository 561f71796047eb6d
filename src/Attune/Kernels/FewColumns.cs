using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attune.Kernels;

/// <summary>
/// The last columns of a product that are too few to fill a vector, such as 1 of 7·7 positions: the vectors lie along
/// the rows instead, as the packed panels of A do. A panel of 8 rows costs one multiply-add per column and step rather
/// than 8. Sums go in the order of k, as those of a <see cref="RegisterTile{TLanes, TVector}"/>.
/// </summary>
internal static unsafe class FewColumns
{
    /// <summary>More columns than this are left to a register tile.</summary>
    public const int Most = 4;

    /// <summary>Panels whose rows, half a vector's length, are a vector of the next smaller width.</summary>
    public static bool Serves<TLanes>(int columns) =>
        columns is > 0 and <= Most && (typeof(TLanes) == typeof(Lanes512) || typeof(TLanes) == typeof(Lanes256));

    /// <summary>
    /// Some panels of <typeparamref name="TLanes"/>' rows, all of them whole, that lie <paramref name="panel"/> floats
    /// apart. <typeparamref name="TRowsOfB"/> gives k rows of <paramref name="columns"/> values each.
    /// </summary>
    public static void Run<TLanes, TRowsOfB>(
        int panels, nint panel, int columns, int k, float* a, TRowsOfB b, in TileStore store)
        where TRowsOfB : struct, IRowsOfB
    {
        if (typeof(TLanes) == typeof(Lanes512))
            FewColumns<Lanes256, Vector256<float>>.Run(panels, panel, columns, k, a, b, store);
        else
            FewColumns<Lanes128, Vector128<float>>.Run(panels, panel, columns, k, a, b, store);
    }
}

/// <typeparam name="TLanes">As many floats as a panel has rows.</typeparam>
/// <typeparam name="TVector">Its vector.</typeparam>
internal static unsafe class FewColumns<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    [SkipLocalsInit]
    public static void Run<TRowsOfB>(
        int panels, nint panel, int columns, int k, float* a, TRowsOfB b, TileStore store)
        where TRowsOfB : struct, IRowsOfB
    {
        // Two panels at a time; the second of an odd last one is the first once more, and not stored.
        float* sums = stackalloc float[2 * FewColumns.Most * TLanes.Count];
        for (; panels > 0; panels -= 2, a += 2 * panel)
        {
            nint second = panels > 1 ? panel : 0;
            if (columns == 1)
                Sum<One, TRowsOfB>(k, a, second, b, sums);
            else if (columns == 2)
                Sum<Two, TRowsOfB>(k, a, second, b, sums);
            else if (columns == 3)
                Sum<Three, TRowsOfB>(k, a, second, b, sums);
            else
                Sum<Four, TRowsOfB>(k, a, second, b, sums);
            int rows = Math.Min(panels, 2) * TLanes.Count;
            for (int row = 0; row < rows; row++, store.C += store.Stride)
                Store(store, row, columns, sums + row / TLanes.Count * columns * TLanes.Count + row % TLanes.Count);
            if (store.RowBias != null)
                store.RowBias += rows;
        }
    }

    /// <summary>The sums of the first panel, column after column, then those of the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TColumns, TRowsOfB>(int k, float* a, nint panel, TRowsOfB rowsOfB, float* sums)
        where TColumns : struct, ITileSize
        where TRowsOfB : struct, IRowsOfB
    {
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        for (; k > 0; k--, a += TLanes.Count)
        {
            float* b = rowsOfB.Next();
            TVector a0 = TLanes.Load(a), a1 = TLanes.Load(a + panel), value = TLanes.Broadcast(b[0]);
            c00 = TLanes.MultiplyAdd(a0, value, c00);
            c10 = TLanes.MultiplyAdd(a1, value, c10);
            if (TColumns.Value > 1)
            {
                value = TLanes.Broadcast(b[1]);
                c01 = TLanes.MultiplyAdd(a0, value, c01);
                c11 = TLanes.MultiplyAdd(a1, value, c11);
            }
            if (TColumns.Value > 2)
            {
                value = TLanes.Broadcast(b[2]);
                c02 = TLanes.MultiplyAdd(a0, value, c02);
                c12 = TLanes.MultiplyAdd(a1, value, c12);
            }
            if (TColumns.Value > 3)
            {
                value = TLanes.Broadcast(b[3]);
                c03 = TLanes.MultiplyAdd(a0, value, c03);
                c13 = TLanes.MultiplyAdd(a1, value, c13);
            }
        }
        Put<TColumns>(sums, c00, c01, c02, c03);
        Put<TColumns>(sums + TColumns.Value * TLanes.Count, c10, c11, c12, c13);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TColumns>(float* sums, TVector c0, TVector c1, TVector c2, TVector c3)
        where TColumns : struct, ITileSize
    {
        TLanes.Store(sums, c0);
        if (TColumns.Value > 1)
            TLanes.Store(sums + TLanes.Count, c1);
        if (TColumns.Value > 2)
            TLanes.Store(sums + 2 * TLanes.Count, c2);
        if (TColumns.Value > 3)
            TLanes.Store(sums + 3 * TLanes.Count, c3);
    }

    /// <summary>One row of C; its sums lie a vector apart.</summary>
    private static void Store(in TileStore store, int row, int columns, float* sums)
    {
        for (int column = 0; column < columns; column++)
        {
            float sum = sums[column * TLanes.Count];
            if (store.Add)
                sum = store.C[column] + sum;
            if (store.RowBias != null)
                sum += store.RowBias[row];
            if (store.Rectify)
                sum = Lanes1.Rectify(sum);
            store.C[column] = sum;
        }
    }
}
