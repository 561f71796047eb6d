using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// Rearranges a strip of a matrix as a register tile reads it: k steps of <c>width</c> neighbouring values. Values past the
/// edge of the matrix become 0.
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
            new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
            for (int j = count; j < width; j++)
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
        for (int j = 0; j < width; j++)
        {
            float* row = source + j * stride;
            float* column = target + j;
            for (int p = 0; p < k; p++, column += width)
                *column = j < count ? row[p] : 0;
        }
    }
}
