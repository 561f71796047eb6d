using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attune.Kernels;

/// <summary>
/// The middle of an output row of a pooling, eight windows at a time: those that lie wholly inside the input from left to
/// right. Each lane goes through its window in the order of scanning, so the bits are those of the plain loop.
/// </summary>
internal static unsafe class PoolingRow
{
    private static int Count => Vector256<float>.Count;

    /// <summary>
    /// The outputs that the methods below may be asked for: at least a vector of them, or none. Windows end inside their row,
    /// and so do the loads, which with stride 2 read one value more than they use.
    /// </summary>
    public static (int First, int End) Middle(in PoolingGeometry g)
    {
        int first = (g.PadLeft + g.StrideWidth - 1) / g.StrideWidth;
        int room = g.InputWidth - g.KernelWidth + g.PadLeft - (g.StrideWidth == 2 ? 1 : 0);
        int end = room < 0 ? 0 : Math.Min(room / g.StrideWidth + 1, g.OutputWidth);
        return end - first >= Count ? (first, end) : (0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        PoolingKind kind, in PoolingGeometry g, float* x, float* y, int first, int end, int top, int bottom, int height)
    {
        var window = new PoolingWindow(top, bottom, 0, g.KernelWidth, height * g.KernelWidth);
        var divisor = Vector256.Create((float)window.Divisor(g.ExcludePadding));
        for (int done = first; done < end; done += Count)
        {
            // the last vector repeats some of the one before
            int ox = Math.Min(done, end - Count);
            Vector256<float> value = kind == PoolingKind.Max && bottom > top
                ? StridedLoad.Eight(Start(g, x, ox, top), g.StrideWidth) : Vector256<float>.Zero;
            for (int iy = top; iy < bottom; iy++)
            {
                float* at = Start(g, x, ox, iy);
                for (int kx = 0; kx < g.KernelWidth; kx++)
                {
                    Vector256<float> next = StridedLoad.Eight(at + kx, g.StrideWidth);
                    value = kind switch
                    {
                        PoolingKind.Max => Vector256.ConditionalSelect(IsLarger(next, value), next, value),
                        PoolingKind.Average => value + next,
                        _ => value + next * next,
                    };
                }
            }
            value = kind switch
            {
                PoolingKind.Max => value,
                PoolingKind.Average => value / divisor,
                _ => Vector256.Sqrt(value),
            };
            value.Store(y + ox);
        }
    }

    /// <summary>dx at the first largest input of each window += dy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void AddMaxGradient(
        in PoolingGeometry g, float* x, float* dy, float* dx, int first, int end, int top, int bottom)
    {
        if (bottom <= top)
            return;
        int* places = stackalloc int[Count];
        for (int done = first; done < end; done += Count)
        {
            int ox = Math.Min(done, end - Count);
            Vector256<float> value = StridedLoad.Eight(Start(g, x, ox, top), g.StrideWidth);
            Vector256<int> place = Vector256<int>.Zero;
            for (int iy = top; iy < bottom; iy++)
            {
                float* at = Start(g, x, ox, iy);
                for (int kx = 0; kx < g.KernelWidth; kx++)
                {
                    Vector256<float> next = StridedLoad.Eight(at + kx, g.StrideWidth);
                    Vector256<float> larger = IsLarger(next, value);
                    value = Vector256.ConditionalSelect(larger, next, value);
                    place = Vector256.ConditionalSelect(larger.AsInt32(), Vector256.Create((iy - top) * g.InputWidth + kx), place);
                }
            }
            place.Store(places);
            float* target = Start(g, dx, ox, top);
            for (int lane = done - ox; lane < Count; lane++)
                target[places[lane] + lane * g.StrideWidth] += dy[ox + lane];
        }
    }

    /// <summary>The first input of output ox's window in one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Start(in PoolingGeometry g, float* x, int ox, int iy) =>
        x + (nint)iy * g.InputWidth + (nint)ox * g.StrideWidth - g.PadLeft;

    /// <summary>Not less or equal, so that NaN counts as larger; but nothing is larger than NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> IsLarger(Vector256<float> next, Vector256<float> value) =>
        Vector256.AndNot(Vector256.Equals(value, value), Vector256.LessThanOrEqual(next, value));
}
