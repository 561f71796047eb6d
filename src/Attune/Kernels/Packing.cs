using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Attune.Kernels;

/// <summary>
/// Rearranges a strip of a matrix as a register tile reads it: k steps of <c>width</c> neighbouring values. Values past
/// the edge of the matrix become 0.
/// </summary>
internal static unsafe class Packing
{
    /// <summary>
    /// The steps are rows in memory: target[p][j] = source[p·stride + j] for j below count, 0 up to width.
    /// The caller promises count ≤ width, k·width values at the target, and that all source rows lie inside.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyStrip(float* source, nint stride, int k, int count, int width, float* target)
    {
        for (int p = 0; p < k; p++, source += stride, target += width)
        {
            int j = 0;
            for (; Avx.IsSupported && j <= count - Vector256<float>.Count; j += Vector256<float>.Count)
                Vector256.Store(Vector256.Load(source + j), target + j);
            for (; j <= count - Vector128<float>.Count; j += Vector128<float>.Count)
                Vector128.Store(Vector128.Load(source + j), target + j);
            for (; j < count; j++)
                target[j] = source[j];
            for (; j < width; j++)
                target[j] = 0;
        }
    }

    /// <summary>
    /// The steps run along rows in memory: target[p][j] = source[j·stride + p] for j below count, 0 up to width.
    /// Same promises.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposeStrip(float* source, nint stride, int k, int count, int width, float* target)
    {
        int j = 0;
        if (Avx.IsSupported)
            for (; j <= count - 8; j += 8)
                TransposeEight(source + j * stride, stride, k, width, target + j);
        for (; j <= count - 4; j += 4)
            TransposeFour(source + j * stride, stride, k, width, target + j);
        for (; j < width; j++)
            TransposeOne(j < count ? source + j * stride : null, k, width, target + j);
    }

    /// <summary>
    /// Eight rows, eight steps at a time. Vectors are loaded as halves, rows i and i+4 side by side, so that the 4×4
    /// transposes within the halves already give the eight values of a step in order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeEight(float* source, nint stride, int k, int width, float* target)
    {
        float* low = source;
        float* high = source + 4 * stride;
        int p = 0;
        for (; p <= k - 4; p += 4, low += 4, high += 4, target += 4 * width)
        {
            Vector256<float> r0 = Halves(low, high), r1 = Halves(low + stride, high + stride);
            Vector256<float> r2 = Halves(low + 2 * stride, high + 2 * stride);
            Vector256<float> r3 = Halves(low + 3 * stride, high + 3 * stride);
            Vector256<float> t0 = Avx.UnpackLow(r0, r1), t1 = Avx.UnpackHigh(r0, r1);
            Vector256<float> t2 = Avx.UnpackLow(r2, r3), t3 = Avx.UnpackHigh(r2, r3);
            Avx.Store(target, Avx.Shuffle(t0, t2, 0x44));
            Avx.Store(target + width, Avx.Shuffle(t0, t2, 0xEE));
            Avx.Store(target + 2 * width, Avx.Shuffle(t1, t3, 0x44));
            Avx.Store(target + 3 * width, Avx.Shuffle(t1, t3, 0xEE));
        }
        for (; p < k; p++, low++, high++, target += width)
            for (int j = 0; j < 4; j++)
            {
                target[j] = low[j * stride];
                target[j + 4] = high[j * stride];
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* low, float* high) =>
        Avx.InsertVector128(Vector128.Load(low).ToVector256Unsafe(), Vector128.Load(high), 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeFour(float* source, nint stride, int k, int width, float* target)
    {
        int p = 0;
        for (; (Sse.IsSupported || AdvSimd.Arm64.IsSupported) && p <= k - 4; p += 4, source += 4, target += 4 * width)
        {
            Vector128<float> r0 = Vector128.Load(source), r1 = Vector128.Load(source + stride);
            Vector128<float> r2 = Vector128.Load(source + 2 * stride), r3 = Vector128.Load(source + 3 * stride);
            // rows 0 and 2, 1 and 3 interleaved; then those with each other
            Vector128<float> t0 = InterleaveLow(r0, r2), t1 = InterleaveHigh(r0, r2);
            Vector128<float> t2 = InterleaveLow(r1, r3), t3 = InterleaveHigh(r1, r3);
            Vector128.Store(InterleaveLow(t0, t2), target);
            Vector128.Store(InterleaveHigh(t0, t2), target + width);
            Vector128.Store(InterleaveLow(t1, t3), target + 2 * width);
            Vector128.Store(InterleaveHigh(t1, t3), target + 3 * width);
        }
        for (; p < k; p++, source++, target += width)
            for (int j = 0; j < 4; j++)
                target[j] = source[j * stride];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeOne(float* row, int k, int width, float* target)
    {
        for (int p = 0; p < k; p++, target += width)
            *target = row == null ? 0 : row[p];
    }
}
