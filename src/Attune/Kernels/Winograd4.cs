using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// <see cref="Winograd"/>'s F(4×4, 3×3), by 36 multiplications instead of 144. With a = √½ and b = √2:
///
///   Bᵀ = 1  0 -5/2   0  1 0   G =   1     0     0    Aᵀ = 1  1   1   1   1  0
///        0 -b  -2    a  1 0       -2/3 -2a/3 -1/3         0  a  -a   b  -b  0
///        0  b  -2   -a  1 0       -2/3  2a/3 -1/3         0  ½   ½   2   2  0
///        0 -a  -½    b  1 0        1/6   b/6  1/3         0 a/2 -a/2 2b -2b 1
///        0  a  -½   -b  1 0        1/6  -b/6  1/3
///        0  1   0  -5/2 0 1         0     0    1
///
/// It evaluates polynomials at the points 0, ±a, ±b and infinity. Since a = 1/b their powers stay near 1, and the
/// errors are as small as the direct sum's: measured with float32 over 64 and 256 channels 1.2e-6 and 2.3e-6 of the
/// largest value, the direct sum 1.0e-6 and 2.1e-6; the customary points 0, ±1, ±2 give 5e-6 and 12e-6.
/// Source of the construction: Barabasz, Anderson, Soodhalter and Gregg, "Error Analysis and Improving the Accuracy
/// of Winograd Convolution for Deep Neural Networks".
///
/// A transform first goes down the columns of a tile, into a buffer of the nearest cache, and then along its rows: 36
/// vectors do not fit the registers.
/// </summary>
internal readonly unsafe struct Winograd4 : IWinograd
{
    private const float A = 0.70710678f;
    private const float B = 1.41421356f;
    private const int Side = 6;

    // Room for vectors, and for moving their beginning to a cache line.
    private const int Buffer = Side * Side * 16 + 16;

    public static int Outputs => 4;

    public static int Points => Side * Side;

    [SkipLocalsInit]
    public static void Filter<TLanes, TVector>(float* g, nint stride, float* u, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* columns = stackalloc float[Side * 3 * TLanes.Count];
        for (int j = 0; j < 3; j++)
            FilterLine<TLanes, TVector>(
                TLanes.Load(g + j * stride), TLanes.Load(g + (3 + j) * stride), TLanes.Load(g + (6 + j) * stride),
                columns + j * TLanes.Count, 3 * TLanes.Count);
        for (int i = 0; i < Side; i++, columns += 3 * TLanes.Count, u += Side * outStride)
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
        TVector near = TLanes.MultiplyAdd(
            TLanes.Broadcast(-2f / 3), g0, TLanes.Multiply(TLanes.Broadcast(-1f / 3), g2));
        TVector nearOdd = TLanes.Multiply(TLanes.Broadcast(2 * A / 3), g1);
        TVector far = TLanes.MultiplyAdd(
            TLanes.Broadcast(1f / 6), g0, TLanes.Multiply(TLanes.Broadcast(1f / 3), g2));
        TVector farOdd = TLanes.Multiply(TLanes.Broadcast(B / 6), g1);
        TLanes.Store(u, g0);
        TLanes.Store(u + stride, TLanes.Subtract(near, nearOdd));
        TLanes.Store(u + 2 * stride, TLanes.Add(near, nearOdd));
        TLanes.Store(u + 3 * stride, TLanes.Add(far, farOdd));
        TLanes.Store(u + 4 * stride, TLanes.Subtract(far, farOdd));
        TLanes.Store(u + 5 * stride, g2);
    }

    [SkipLocalsInit]
    public static void FilterGradient<TLanes, TVector>(float* du, nint stride, float* dg, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* rows = stackalloc float[3 * Side * TLanes.Count];
        for (int j = 0; j < Side; j++)
            FilterGradientLine<TLanes, TVector>(
                du + j * stride, Side * stride, rows + j * TLanes.Count, Side * TLanes.Count);
        for (int i = 0; i < 3; i++)
            FilterGradientLine<TLanes, TVector>(
                rows + Side * i * TLanes.Count, TLanes.Count, dg + 3 * i * outStride, outStride);
    }

    /// <summary>Gᵀ du of one column or row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FilterGradientLine<TLanes, TVector>(float* u, nint stride, float* g, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector u1 = TLanes.Load(u + stride), u2 = TLanes.Load(u + 2 * stride);
        TVector u3 = TLanes.Load(u + 3 * stride), u4 = TLanes.Load(u + 4 * stride);
        TVector near = TLanes.Add(u1, u2), nearOdd = TLanes.Subtract(u2, u1);
        TVector far = TLanes.Add(u3, u4), farOdd = TLanes.Subtract(u3, u4);
        TLanes.Store(g, TLanes.MultiplyAdd(
            TLanes.Broadcast(1f / 6), far, TLanes.MultiplyAdd(TLanes.Broadcast(-2f / 3), near, TLanes.Load(u))));
        TLanes.Store(g + outStride, TLanes.MultiplyAdd(
            TLanes.Broadcast(B / 6), farOdd, TLanes.Multiply(TLanes.Broadcast(2 * A / 3), nearOdd)));
        TLanes.Store(g + 2 * outStride, TLanes.MultiplyAdd(
            TLanes.Broadcast(1f / 3), TLanes.Subtract(far, near), TLanes.Load(u + 5 * stride)));
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<TLanes, TVector>(float* planes, int* offsets, float* v, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* unaligned = stackalloc float[Buffer];
        float* half = Aligned(unaligned);
        for (int j = 0; j < Side; j++)
            InputLine<TLanes, TVector>(
                TLanes.Load(planes + offsets[j]), TLanes.Load(planes + offsets[Side + j]),
                TLanes.Load(planes + offsets[2 * Side + j]), TLanes.Load(planes + offsets[3 * Side + j]),
                TLanes.Load(planes + offsets[4 * Side + j]), TLanes.Load(planes + offsets[5 * Side + j]),
                half + j * TLanes.Count, Side * TLanes.Count);
        for (int i = 0; i < Side; i++, half += Side * TLanes.Count, v += Side * stride)
            InputLine<TLanes, TVector>(
                TLanes.Load(half), TLanes.Load(half + TLanes.Count), TLanes.Load(half + 2 * TLanes.Count),
                TLanes.Load(half + 3 * TLanes.Count), TLanes.Load(half + 4 * TLanes.Count),
                TLanes.Load(half + 5 * TLanes.Count), v, stride);
    }

    /// <summary>Bᵀ d of one column or row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine<TLanes, TVector>(
        TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, float* v, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector near = TLanes.MultiplyAdd(TLanes.Broadcast(-2), d2, d4);
        TVector nearOdd = TLanes.MultiplyAdd(
            TLanes.Broadcast(A), d3, TLanes.Multiply(TLanes.Broadcast(-B), d1));
        TVector far = TLanes.MultiplyAdd(TLanes.Broadcast(-0.5f), d2, d4);
        TVector farOdd = TLanes.MultiplyAdd(
            TLanes.Broadcast(B), d3, TLanes.Multiply(TLanes.Broadcast(-A), d1));
        TLanes.Store(v, TLanes.MultiplyAdd(TLanes.Broadcast(-2.5f), d2, TLanes.Add(d0, d4)));
        TLanes.Store(v + stride, TLanes.Add(near, nearOdd));
        TLanes.Store(v + 2 * stride, TLanes.Subtract(near, nearOdd));
        TLanes.Store(v + 3 * stride, TLanes.Add(far, farOdd));
        TLanes.Store(v + 4 * stride, TLanes.Subtract(far, farOdd));
        TLanes.Store(v + 5 * stride, TLanes.MultiplyAdd(TLanes.Broadcast(-2.5f), d3, TLanes.Add(d1, d5)));
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output<TLanes, TVector>(
        float* m, nint stride, float bias, bool rectify, float* y, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* unaligned = stackalloc float[Buffer];
        float* half = Aligned(unaligned);
        for (int j = 0; j < Side; j++, m += stride)
        {
            OutputLine<TLanes, TVector>(
                TLanes.Load(m), TLanes.Load(m + Side * stride), TLanes.Load(m + 2 * Side * stride),
                TLanes.Load(m + 3 * Side * stride), TLanes.Load(m + 4 * Side * stride),
                TLanes.Load(m + 5 * Side * stride),
                out TVector y0, out TVector y1, out TVector y2, out TVector y3);
            float* column = half + j * TLanes.Count;
            TLanes.Store(column, y0);
            TLanes.Store(column + Side * TLanes.Count, y1);
            TLanes.Store(column + 2 * Side * TLanes.Count, y2);
            TLanes.Store(column + 3 * Side * TLanes.Count, y3);
        }
        TVector shift = TLanes.Broadcast(bias);
        for (int i = 0; i < 4; i++, half += Side * TLanes.Count, y += 4 * outStride)
        {
            OutputLine<TLanes, TVector>(
                TLanes.Load(half), TLanes.Load(half + TLanes.Count), TLanes.Load(half + 2 * TLanes.Count),
                TLanes.Load(half + 3 * TLanes.Count), TLanes.Load(half + 4 * TLanes.Count),
                TLanes.Load(half + 5 * TLanes.Count),
                out TVector y0, out TVector y1, out TVector y2, out TVector y3);
            End<TLanes, TVector>(y0, shift, rectify, y);
            End<TLanes, TVector>(y1, shift, rectify, y + outStride);
            End<TLanes, TVector>(y2, shift, rectify, y + 2 * outStride);
            End<TLanes, TVector>(y3, shift, rectify, y + 3 * outStride);
        }
    }

    /// <summary>Aᵀ m of one column or row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine<TLanes, TVector>(
        TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5,
        out TVector y0, out TVector y1, out TVector y2, out TVector y3)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector near = TLanes.Add(m1, m2), nearOdd = TLanes.Subtract(m1, m2);
        TVector far = TLanes.Add(m3, m4), farOdd = TLanes.Subtract(m3, m4);
        y0 = TLanes.Add(TLanes.Add(m0, near), far);
        y1 = TLanes.MultiplyAdd(
            TLanes.Broadcast(B), farOdd, TLanes.Multiply(TLanes.Broadcast(A), nearOdd));
        y2 = TLanes.MultiplyAdd(
            TLanes.Broadcast(2), far, TLanes.Multiply(TLanes.Broadcast(0.5f), near));
        y3 = TLanes.MultiplyAdd(
            TLanes.Broadcast(2 * B), farOdd, TLanes.MultiplyAdd(TLanes.Broadcast(A / 2), nearOdd, m5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End<TLanes, TVector>(TVector sum, TVector shift, bool rectify, float* y)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector value = TLanes.Add(sum, shift);
        TLanes.Store(y, rectify ? TLanes.Rectify(value) : value);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient<TLanes, TVector>(
        float* dy, nint rowStep, nint columnStep, int rows, int columns, float* m, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* unaligned = stackalloc float[Buffer];
        float* half = Aligned(unaligned);
        TVector none = TLanes.Broadcast(0);
        for (int j = 0; j < 4; j++, dy += columnStep)
        {
            bool there = j < columns;
            GradientLine<TLanes, TVector>(
                there && rows > 0 ? TLanes.Load(dy) : none,
                there && rows > 1 ? TLanes.Load(dy + rowStep) : none,
                there && rows > 2 ? TLanes.Load(dy + 2 * rowStep) : none,
                there && rows > 3 ? TLanes.Load(dy + 3 * rowStep) : none,
                half + j * TLanes.Count, 4 * TLanes.Count);
        }
        for (int i = 0; i < Side; i++, half += 4 * TLanes.Count, m += Side * stride)
            GradientLine<TLanes, TVector>(
                TLanes.Load(half), TLanes.Load(half + TLanes.Count), TLanes.Load(half + 2 * TLanes.Count),
                TLanes.Load(half + 3 * TLanes.Count), m, stride);
    }

    /// <summary>A dy of one column or row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientLine<TLanes, TVector>(
        TVector y0, TVector y1, TVector y2, TVector y3, float* m, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector near = TLanes.MultiplyAdd(TLanes.Broadcast(0.5f), y2, y0);
        TVector nearOdd = TLanes.MultiplyAdd(
            TLanes.Broadcast(A / 2), y3, TLanes.Multiply(TLanes.Broadcast(A), y1));
        TVector far = TLanes.MultiplyAdd(TLanes.Broadcast(2), y2, y0);
        TVector farOdd = TLanes.MultiplyAdd(
            TLanes.Broadcast(2 * B), y3, TLanes.Multiply(TLanes.Broadcast(B), y1));
        TLanes.Store(m, y0);
        TLanes.Store(m + stride, TLanes.Add(near, nearOdd));
        TLanes.Store(m + 2 * stride, TLanes.Subtract(near, nearOdd));
        TLanes.Store(m + 3 * stride, TLanes.Add(far, farOdd));
        TLanes.Store(m + 4 * stride, TLanes.Subtract(far, farOdd));
        TLanes.Store(m + 5 * stride, y3);
    }

    /// <summary>The next cache line: a vector that straddles two costs two accesses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Aligned(float* buffer) => (float*)(((nuint)buffer + 63) & ~(nuint)63);
}
