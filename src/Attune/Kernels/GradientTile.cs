using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// The register tile of a weight gradient: C[rows × columns] += Σ over k of A[row][k]·B[k][column], where each row of A
/// is a stretch of the input as it lies in memory, and B is packed. Otherwise as <see cref="RegisterTile{TLanes,
/// TVector}"/>.
/// </summary>
internal static unsafe class GradientTile<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>
    /// Row r of A is k values from <paramref name="a"/> + offsets[r] on, B is [k][vectors], C has rows at
    /// <paramref name="stride"/>; the caller promises that they lie inside their arrays.
    /// </summary>
    public static void Add(int rows, int vectors, int k, float* a, int* offsets, float* b, float* c, nint stride)
    {
        switch (vectors)
        {
            case 1:
                Add<One>(rows, k, a, offsets, b, c, stride);
                break;
            case 2:
                Add<Two>(rows, k, a, offsets, b, c, stride);
                break;
            default:
                Add<Three>(rows, k, a, offsets, b, c, stride);
                break;
        }
    }

    private static void Add<TVectors>(int rows, int k, float* a, int* offsets, float* b, float* c, nint stride)
        where TVectors : struct, ITileSize
    {
        switch (rows)
        {
            case 1:
                Add<One, TVectors>(k, a, offsets, b, c, stride);
                break;
            case 2:
                Add<Two, TVectors>(k, a, offsets, b, c, stride);
                break;
            case 3:
                Add<Three, TVectors>(k, a, offsets, b, c, stride);
                break;
            case 4:
                Add<Four, TVectors>(k, a, offsets, b, c, stride);
                break;
            case 5:
                Add<Five, TVectors>(k, a, offsets, b, c, stride);
                break;
            case 6:
                Add<Six, TVectors>(k, a, offsets, b, c, stride);
                break;
            case 7:
                Add<Seven, TVectors>(k, a, offsets, b, c, stride);
                break;
            default:
                Add<Eight, TVectors>(k, a, offsets, b, c, stride);
                break;
        }
    }

    // Longer than a method should be: cut up, the accumulators would not stay in registers. The conditions are
    // constants.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SuppressMessage(
        "Style", "IDE0059", Justification = "The first values matter in the instances that skip the loop.")]
    private static void Add<TRows, TVectors>(nint k, float* a, int* offsets, float* b, float* c, nint stride)
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        float* a0 = TRows.Value > 0 ? a + offsets[0] : a;
        float* a1 = TRows.Value > 1 ? a + offsets[1] : a;
        float* a2 = TRows.Value > 2 ? a + offsets[2] : a;
        float* a3 = TRows.Value > 3 ? a + offsets[3] : a;
        float* a4 = TRows.Value > 4 ? a + offsets[4] : a;
        float* a5 = TRows.Value > 5 ? a + offsets[5] : a;
        float* a6 = TRows.Value > 6 ? a + offsets[6] : a;
        float* a7 = TRows.Value > 7 ? a + offsets[7] : a;
        TVector c00 = default, c01 = default, c02 = default;
        TVector c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default;
        TVector c30 = default, c31 = default, c32 = default;
        TVector c40 = default, c41 = default, c42 = default;
        TVector c50 = default, c51 = default, c52 = default;
        TVector c60 = default, c61 = default, c62 = default;
        TVector c70 = default, c71 = default, c72 = default;
        for (nint p = 0; p < k; p++)
        {
            TVector b0 = TLanes.Load(b);
            TVector b1 = TVectors.Value > 1 ? TLanes.Load(b + TLanes.Count) : default;
            TVector b2 = TVectors.Value > 2 ? TLanes.Load(b + 2 * TLanes.Count) : default;
            TVector value = TLanes.Broadcast(a0[p]);
            c00 = TLanes.MultiplyAdd(value, b0, c00);
            if (TVectors.Value > 1)
                c01 = TLanes.MultiplyAdd(value, b1, c01);
            if (TVectors.Value > 2)
                c02 = TLanes.MultiplyAdd(value, b2, c02);
            if (TRows.Value > 1)
            {
                value = TLanes.Broadcast(a1[p]);
                c10 = TLanes.MultiplyAdd(value, b0, c10);
                if (TVectors.Value > 1)
                    c11 = TLanes.MultiplyAdd(value, b1, c11);
                if (TVectors.Value > 2)
                    c12 = TLanes.MultiplyAdd(value, b2, c12);
            }
            if (TRows.Value > 2)
            {
                value = TLanes.Broadcast(a2[p]);
                c20 = TLanes.MultiplyAdd(value, b0, c20);
                if (TVectors.Value > 1)
                    c21 = TLanes.MultiplyAdd(value, b1, c21);
                if (TVectors.Value > 2)
                    c22 = TLanes.MultiplyAdd(value, b2, c22);
            }
            if (TRows.Value > 3)
            {
                value = TLanes.Broadcast(a3[p]);
                c30 = TLanes.MultiplyAdd(value, b0, c30);
                if (TVectors.Value > 1)
                    c31 = TLanes.MultiplyAdd(value, b1, c31);
                if (TVectors.Value > 2)
                    c32 = TLanes.MultiplyAdd(value, b2, c32);
            }
            if (TRows.Value > 4)
            {
                value = TLanes.Broadcast(a4[p]);
                c40 = TLanes.MultiplyAdd(value, b0, c40);
                if (TVectors.Value > 1)
                    c41 = TLanes.MultiplyAdd(value, b1, c41);
                if (TVectors.Value > 2)
                    c42 = TLanes.MultiplyAdd(value, b2, c42);
            }
            if (TRows.Value > 5)
            {
                value = TLanes.Broadcast(a5[p]);
                c50 = TLanes.MultiplyAdd(value, b0, c50);
                if (TVectors.Value > 1)
                    c51 = TLanes.MultiplyAdd(value, b1, c51);
                if (TVectors.Value > 2)
                    c52 = TLanes.MultiplyAdd(value, b2, c52);
            }
            if (TRows.Value > 6)
            {
                value = TLanes.Broadcast(a6[p]);
                c60 = TLanes.MultiplyAdd(value, b0, c60);
                if (TVectors.Value > 1)
                    c61 = TLanes.MultiplyAdd(value, b1, c61);
                if (TVectors.Value > 2)
                    c62 = TLanes.MultiplyAdd(value, b2, c62);
            }
            if (TRows.Value > 7)
            {
                value = TLanes.Broadcast(a7[p]);
                c70 = TLanes.MultiplyAdd(value, b0, c70);
                if (TVectors.Value > 1)
                    c71 = TLanes.MultiplyAdd(value, b1, c71);
                if (TVectors.Value > 2)
                    c72 = TLanes.MultiplyAdd(value, b2, c72);
            }
            b += TVectors.Value * TLanes.Count;
        }
        AddRow<TVectors>(c, c00, c01, c02);
        if (TRows.Value > 1)
            AddRow<TVectors>(c + stride, c10, c11, c12);
        if (TRows.Value > 2)
            AddRow<TVectors>(c + 2 * stride, c20, c21, c22);
        if (TRows.Value > 3)
            AddRow<TVectors>(c + 3 * stride, c30, c31, c32);
        if (TRows.Value > 4)
            AddRow<TVectors>(c + 4 * stride, c40, c41, c42);
        if (TRows.Value > 5)
            AddRow<TVectors>(c + 5 * stride, c50, c51, c52);
        if (TRows.Value > 6)
            AddRow<TVectors>(c + 6 * stride, c60, c61, c62);
        if (TRows.Value > 7)
            AddRow<TVectors>(c + 7 * stride, c70, c71, c72);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TVectors>(float* c, TVector c0, TVector c1, TVector c2)
        where TVectors : struct, ITileSize
    {
        TLanes.Store(c, TLanes.Add(TLanes.Load(c), c0));
        if (TVectors.Value > 1)
            TLanes.Store(c + TLanes.Count, TLanes.Add(TLanes.Load(c + TLanes.Count), c1));
        if (TVectors.Value > 2)
            TLanes.Store(c + 2 * TLanes.Count, TLanes.Add(TLanes.Load(c + 2 * TLanes.Count), c2));
    }
}
