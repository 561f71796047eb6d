using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// The transforms of <see cref="Winograd"/> on vectors: of neighbouring tiles, or of neighbouring channels.
/// </summary>
internal static unsafe class WinogradTransforms<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>
    /// v = Bᵀ d B for a vector of tiles. Value (i, j) of the tiles is read at offsets[4i + j], point n is written at
    /// n·stride; the caller promises that all lie inside their buffers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float* planes, int* offsets, float* v, nint stride)
    {
        TVector d00 = TLanes.Load(planes + offsets[0]), d10 = TLanes.Load(planes + offsets[4]);
        TVector d20 = TLanes.Load(planes + offsets[8]), d30 = TLanes.Load(planes + offsets[12]);
        TVector d01 = TLanes.Load(planes + offsets[1]), d11 = TLanes.Load(planes + offsets[5]);
        TVector d21 = TLanes.Load(planes + offsets[9]), d31 = TLanes.Load(planes + offsets[13]);
        TVector d02 = TLanes.Load(planes + offsets[2]), d12 = TLanes.Load(planes + offsets[6]);
        TVector d22 = TLanes.Load(planes + offsets[10]), d32 = TLanes.Load(planes + offsets[14]);
        TVector d03 = TLanes.Load(planes + offsets[3]), d13 = TLanes.Load(planes + offsets[7]);
        TVector d23 = TLanes.Load(planes + offsets[11]), d33 = TLanes.Load(planes + offsets[15]);
        InputRow(
            TLanes.Subtract(d00, d20), TLanes.Subtract(d01, d21), TLanes.Subtract(d02, d22), TLanes.Subtract(d03, d23),
            v, stride);
        InputRow(
            TLanes.Add(d10, d20), TLanes.Add(d11, d21), TLanes.Add(d12, d22), TLanes.Add(d13, d23), v + 4 * stride,
            stride);
        InputRow(
            TLanes.Subtract(d20, d10), TLanes.Subtract(d21, d11), TLanes.Subtract(d22, d12), TLanes.Subtract(d23, d13),
            v + 8 * stride, stride);
        InputRow(
            TLanes.Subtract(d10, d30), TLanes.Subtract(d11, d31), TLanes.Subtract(d12, d32), TLanes.Subtract(d13, d33),
            v + 12 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputRow(TVector r0, TVector r1, TVector r2, TVector r3, float* v, nint stride)
    {
        TLanes.Store(v, TLanes.Subtract(r0, r2));
        TLanes.Store(v + stride, TLanes.Add(r1, r2));
        TLanes.Store(v + 2 * stride, TLanes.Subtract(r2, r1));
        TLanes.Store(v + 3 * stride, TLanes.Subtract(r1, r3));
    }

    /// <summary>y = Aᵀ m A for a vector of tiles: output (i, j) is written at (2i + j)·outStride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* m, nint stride, float bias, bool rectify, float* y, nint outStride)
    {
        TVector m00 = TLanes.Load(m), m10 = TLanes.Load(m + 4 * stride);
        TVector m20 = TLanes.Load(m + 8 * stride), m30 = TLanes.Load(m + 12 * stride);
        TVector m01 = TLanes.Load(m + stride), m11 = TLanes.Load(m + 5 * stride);
        TVector m21 = TLanes.Load(m + 9 * stride), m31 = TLanes.Load(m + 13 * stride);
        TVector m02 = TLanes.Load(m + 2 * stride), m12 = TLanes.Load(m + 6 * stride);
        TVector m22 = TLanes.Load(m + 10 * stride), m32 = TLanes.Load(m + 14 * stride);
        TVector m03 = TLanes.Load(m + 3 * stride), m13 = TLanes.Load(m + 7 * stride);
        TVector m23 = TLanes.Load(m + 11 * stride), m33 = TLanes.Load(m + 15 * stride);
        TVector shift = TLanes.Broadcast(bias);
        TVector s0 = TLanes.Add(TLanes.Add(m00, m10), m20), s1 = TLanes.Add(TLanes.Add(m01, m11), m21);
        TVector s2 = TLanes.Add(TLanes.Add(m02, m12), m22), s3 = TLanes.Add(TLanes.Add(m03, m13), m23);
        TVector t0 = TLanes.Subtract(TLanes.Subtract(m10, m20), m30),
            t1 = TLanes.Subtract(TLanes.Subtract(m11, m21), m31);
        TVector t2 = TLanes.Subtract(TLanes.Subtract(m12, m22), m32),
            t3 = TLanes.Subtract(TLanes.Subtract(m13, m23), m33);
        OutputRow(s0, s1, s2, s3, shift, rectify, y, outStride);
        OutputRow(t0, t1, t2, t3, shift, rectify, y + 2 * outStride, outStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputRow(
        TVector r0, TVector r1, TVector r2, TVector r3, TVector shift, bool rectify, float* y, nint outStride)
    {
        TVector y0 = TLanes.Add(TLanes.Add(TLanes.Add(r0, r1), r2), shift);
        TVector y1 = TLanes.Add(TLanes.Subtract(TLanes.Subtract(r1, r2), r3), shift);
        TLanes.Store(y, rectify ? TLanes.Rectify(y0) : y0);
        TLanes.Store(y + outStride, rectify ? TLanes.Rectify(y1) : y1);
    }

    /// <summary>
    /// A dy Aᵀ for a vector of channels of one tile: the way back through <see cref="Output"/>. Missing outputs are
    /// null. Point n is written at n·stride.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient(float* dy00, float* dy01, float* dy10, float* dy11, float* m, nint stride)
    {
        TVector none = TLanes.Broadcast(0);
        TVector a0 = dy00 == null ? none : TLanes.Load(dy00), a1 = dy01 == null ? none : TLanes.Load(dy01);
        TVector b0 = dy10 == null ? none : TLanes.Load(dy10), b1 = dy11 == null ? none : TLanes.Load(dy11);
        Row(a0, a1, none, m, stride);
        Row(TLanes.Add(a0, b0), TLanes.Add(a1, b1), none, m + 4 * stride, stride);
        Row(TLanes.Subtract(a0, b0), TLanes.Subtract(a1, b1), none, m + 8 * stride, stride);
        Row(TLanes.Subtract(none, b0), TLanes.Subtract(none, b1), none, m + 12 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(TVector first, TVector second, TVector none, float* m, nint stride)
    {
        TLanes.Store(m, first);
        TLanes.Store(m + stride, TLanes.Add(first, second));
        TLanes.Store(m + 2 * stride, TLanes.Subtract(first, second));
        TLanes.Store(m + 3 * stride, TLanes.Subtract(none, second));
    }
}
