using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// <see cref="Winograd"/>'s F(2×2, 3×3), by 16 multiplications instead of 36:
///
///   Bᵀ = 1  0 -1  0    G = 1   0  0     Aᵀ = 1 1  1  0
///        0  1  1  0        ½   ½  ½          0 1 -1 -1
///        0 -1  1  0        ½  -½  ½
///        0  1  0 -1        0   0  1
///
/// The factors are small whole numbers and halves, so the result is about as exact as the direct sum.
/// </summary>
internal readonly unsafe struct Winograd2 : IWinograd
{
    public static int Outputs => 2;

    public static int Points => 16;

    [SkipLocalsInit]
    public static void Filter<TLanes, TVector>(float* g, nint stride, float* u, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* columns = stackalloc float[4 * 3 * TLanes.Count];
        for (int j = 0; j < 3; j++)
            FilterLine<TLanes, TVector>(
                TLanes.Load(g + j * stride), TLanes.Load(g + (3 + j) * stride), TLanes.Load(g + (6 + j) * stride),
                columns + j * TLanes.Count, 3 * TLanes.Count);
        for (int i = 0; i < 4; i++, columns += 3 * TLanes.Count, u += 4 * outStride)
            FilterLine<TLanes, TVector>(
                TLanes.Load(columns), TLanes.Load(columns + TLanes.Count), TLanes.Load(columns + 2 * TLanes.Count),
                u, outStride);
    }

    /// <summary>G g of one column or row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FilterLine<TLanes, TVector>(TVector g0, TVector g1, TVector g2, float* u, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector half = TLanes.Broadcast(0.5f), sum = TLanes.Add(g0, g2);
        TLanes.Store(u, g0);
        TLanes.Store(u + stride, TLanes.Multiply(half, TLanes.Add(sum, g1)));
        TLanes.Store(u + 2 * stride, TLanes.Multiply(half, TLanes.Subtract(sum, g1)));
        TLanes.Store(u + 3 * stride, g2);
    }

    [SkipLocalsInit]
    public static void FilterGradient<TLanes, TVector>(float* du, nint stride, float* dg, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* rows = stackalloc float[3 * 4 * TLanes.Count];
        for (int j = 0; j < 4; j++)
            FilterGradientLine<TLanes, TVector>(
                du + j * stride, 4 * stride, rows + j * TLanes.Count, 4 * TLanes.Count);
        for (int i = 0; i < 3; i++)
            FilterGradientLine<TLanes, TVector>(
                rows + 4 * i * TLanes.Count, TLanes.Count, dg + 3 * i * outStride, outStride);
    }

    /// <summary>Gᵀ du of one column or row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FilterGradientLine<TLanes, TVector>(float* u, nint stride, float* g, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector half = TLanes.Broadcast(0.5f);
        TVector u1 = TLanes.Load(u + stride), u2 = TLanes.Load(u + 2 * stride);
        TVector sum = TLanes.Multiply(half, TLanes.Add(u1, u2));
        TLanes.Store(g, TLanes.Add(TLanes.Load(u), sum));
        TLanes.Store(g + outStride, TLanes.Multiply(half, TLanes.Subtract(u1, u2)));
        TLanes.Store(g + 2 * outStride, TLanes.Add(TLanes.Load(u + 3 * stride), sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<TLanes, TVector>(float* planes, int* offsets, float* v, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector d00 = TLanes.Load(planes + offsets[0]), d10 = TLanes.Load(planes + offsets[4]);
        TVector d20 = TLanes.Load(planes + offsets[8]), d30 = TLanes.Load(planes + offsets[12]);
        TVector d01 = TLanes.Load(planes + offsets[1]), d11 = TLanes.Load(planes + offsets[5]);
        TVector d21 = TLanes.Load(planes + offsets[9]), d31 = TLanes.Load(planes + offsets[13]);
        TVector d02 = TLanes.Load(planes + offsets[2]), d12 = TLanes.Load(planes + offsets[6]);
        TVector d22 = TLanes.Load(planes + offsets[10]), d32 = TLanes.Load(planes + offsets[14]);
        TVector d03 = TLanes.Load(planes + offsets[3]), d13 = TLanes.Load(planes + offsets[7]);
        TVector d23 = TLanes.Load(planes + offsets[11]), d33 = TLanes.Load(planes + offsets[15]);
        InputRow<TLanes, TVector>(
            TLanes.Subtract(d00, d20), TLanes.Subtract(d01, d21), TLanes.Subtract(d02, d22), TLanes.Subtract(d03, d23),
            v, stride);
        InputRow<TLanes, TVector>(
            TLanes.Add(d10, d20), TLanes.Add(d11, d21), TLanes.Add(d12, d22), TLanes.Add(d13, d23),
            v + 4 * stride, stride);
        InputRow<TLanes, TVector>(
            TLanes.Subtract(d20, d10), TLanes.Subtract(d21, d11), TLanes.Subtract(d22, d12), TLanes.Subtract(d23, d13),
            v + 8 * stride, stride);
        InputRow<TLanes, TVector>(
            TLanes.Subtract(d10, d30), TLanes.Subtract(d11, d31), TLanes.Subtract(d12, d32), TLanes.Subtract(d13, d33),
            v + 12 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputRow<TLanes, TVector>(
        TVector r0, TVector r1, TVector r2, TVector r3, float* v, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TLanes.Store(v, TLanes.Subtract(r0, r2));
        TLanes.Store(v + stride, TLanes.Add(r1, r2));
        TLanes.Store(v + 2 * stride, TLanes.Subtract(r2, r1));
        TLanes.Store(v + 3 * stride, TLanes.Subtract(r1, r3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output<TLanes, TVector>(
        float* m, nint stride, float bias, bool rectify, float* y, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
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
        OutputRow<TLanes, TVector>(s0, s1, s2, s3, shift, rectify, y, outStride);
        OutputRow<TLanes, TVector>(t0, t1, t2, t3, shift, rectify, y + 2 * outStride, outStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputRow<TLanes, TVector>(
        TVector r0, TVector r1, TVector r2, TVector r3, TVector shift, bool rectify, float* y, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector y0 = TLanes.Add(TLanes.Add(TLanes.Add(r0, r1), r2), shift);
        TVector y1 = TLanes.Add(TLanes.Subtract(TLanes.Subtract(r1, r2), r3), shift);
        TLanes.Store(y, rectify ? TLanes.Rectify(y0) : y0);
        TLanes.Store(y + outStride, rectify ? TLanes.Rectify(y1) : y1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient<TLanes, TVector>(
        float* dy, nint rowStep, nint columnStep, int rows, int columns, float* m, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector none = TLanes.Broadcast(0);
        bool second = columns > 1, below = rows > 1;
        TVector a0 = columns > 0 ? TLanes.Load(dy) : none;
        TVector a1 = second ? TLanes.Load(dy + columnStep) : none;
        TVector b0 = below && columns > 0 ? TLanes.Load(dy + rowStep) : none;
        TVector b1 = below && second ? TLanes.Load(dy + rowStep + columnStep) : none;
        GradientRow<TLanes, TVector>(a0, a1, none, m, stride);
        GradientRow<TLanes, TVector>(TLanes.Add(a0, b0), TLanes.Add(a1, b1), none, m + 4 * stride, stride);
        GradientRow<TLanes, TVector>(TLanes.Subtract(a0, b0), TLanes.Subtract(a1, b1), none, m + 8 * stride, stride);
        GradientRow<TLanes, TVector>(
            TLanes.Subtract(none, b0), TLanes.Subtract(none, b1), none, m + 12 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientRow<TLanes, TVector>(
        TVector first, TVector second, TVector none, float* m, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TLanes.Store(m, first);
        TLanes.Store(m + stride, TLanes.Add(first, second));
        TLanes.Store(m + 2 * stride, TLanes.Subtract(first, second));
        TLanes.Store(m + 3 * stride, TLanes.Subtract(none, second));
    }
}
