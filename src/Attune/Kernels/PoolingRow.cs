using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attune.Kernels;

/// <summary>
/// The middle of an output row of a pooling, eight windows at a time: those that lie wholly inside the input from left
/// to right. Sums go through each window in the order of scanning, so the bits are those of the plain loop; a maximum
/// depends on no order (but for the sign of a zero and which of several NaN it is).
/// </summary>
internal static unsafe class PoolingRow
{
    private static int Count => Vector256<float>.Count;

    /// <summary>
    /// The outputs that the methods below may be asked for: at least a vector of them, or none. Their windows end
    /// inside the row.
    /// </summary>
    public static (int First, int End) Middle(in PoolingGeometry g)
    {
        int first = (g.PadLeft + g.StrideWidth - 1) / g.StrideWidth;
        int room = g.InputWidth - g.KernelWidth + g.PadLeft;
        int end = room < 0 ? 0 : Math.Min(room / g.StrideWidth + 1, g.OutputWidth);
        return end - first >= Count ? (first, end) : (0, 0);
    }

    /// <summary>
    /// Outputs first to end of one row; windows have the input rows top to bottom and are height long with padding.
    /// </summary>
    public static void Forward(
        PoolingKind kind, in PoolingGeometry g, float* x, float* y, int first, int end, int top, int bottom, int height)
    {
        var window = new PoolingWindow(top, bottom, 0, g.KernelWidth, height * g.KernelWidth);
        int divisor = window.Divisor(g.ExcludePadding);
        float* rows = x + (nint)top * g.InputWidth - g.PadLeft;
        int count = Math.Max(bottom - top, 0);
        // Columns first pay off where windows share them.
        if (kind == PoolingKind.Max && count > 1 && g.KernelWidth > g.StrideWidth)
            ForwardLargest(g, rows, count, y, first, end);
        else if (kind == PoolingKind.Max)
            Forward<Largest>(g, rows, count, y, first, end, divisor);
        else if (kind == PoolingKind.Average)
            Forward<Mean>(g, rows, count, y, first, end, divisor);
        else
            Forward<Norm>(g, rows, count, y, first, end, divisor);
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
        nint start = (nint)top * g.InputWidth - g.PadLeft;
        (int stride, int kernel, int width, int height) = (g.StrideWidth, g.KernelWidth, g.InputWidth, bottom - top);
        for (int done = first; done < end; done += Count)
        {
            // the last vector repeats some of the one before
            int ox = Math.Min(done, end - Count);
            float* window = x + start + (nint)ox * stride;
            Vector256<float> value = StridedLoad.Eight(window, stride);
            Vector256<int> place = Vector256<int>.Zero;
            for (int row = 0; row < height; row++)
                for (int kx = 0; kx < kernel; kx++)
                {
                    Vector256<float> next = StridedLoad.Eight(window + (nint)row * width + kx, stride);
                    Vector256<float> larger = Largest.IsLarger(next, value);
                    value = Vector256.ConditionalSelect(larger, next, value);
                    place = Vector256.ConditionalSelect(larger.AsInt32(), Vector256.Create(row * width + kx), place);
                }
            place.Store(places);
            float* target = dx + start + (nint)ox * stride;
            for (int lane = done - ox; lane < Count; lane++)
                target[places[lane] + lane * stride] += dy[ox + lane];
        }
    }

    /// <summary>
    /// The largest of each column first, by whole vectors, which windows that overlap share; then along the row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardLargest(
        in PoolingGeometry g, float* rows, int height, float* y, int first, int end)
    {
        (int stride, int kernel, int width) = (g.StrideWidth, g.KernelWidth, g.InputWidth);
        int start = first * stride;
        int columns = (end - 1 - first) * stride + kernel;
        float* largest = Scratch.Rent(ScratchUse.Columns, columns);
        for (int done = 0; done < columns; done += Count)
        {
            // there is a vector of windows, so there is one of columns; the last repeats some of the one before
            int i = Math.Min(done, columns - Count);
            float* at = rows + start + i;
            Vector256<float> value = Vector256.Load(at);
            for (int row = 1; row < height; row++)
                value = Largest.Next(value, Vector256.Load(at + (nint)row * width));
            value.Store(largest + i);
        }
        for (int done = first; done < end; done += Count)
        {
            int ox = Math.Min(done, end - Count);
            float* window = largest + (nint)(ox - first) * stride;
            Vector256<float> value = StridedLoad.Eight(window, stride);
            for (int kx = 1; kx < kernel; kx++)
                value = Largest.Next(value, StridedLoad.Eight(window + kx, stride));
            value.Store(y + ox);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TStep>(
        in PoolingGeometry g, float* rows, int height, float* y, int first, int end, int divisor)
        where TStep : struct, IStep
    {
        (int stride, int kernel, int width) = (g.StrideWidth, g.KernelWidth, g.InputWidth);
        for (int done = first; done < end; done += Count)
        {
            // the last vector repeats some of the one before
            int ox = Math.Min(done, end - Count);
            float* window = rows + (nint)ox * stride;
            Vector256<float> value = Vector256<float>.Zero;
            if (height > 0)
                value = TStep.Begin(StridedLoad.Eight(window, stride));
            for (int row = 0; row < height; row++)
                for (int kx = 0; kx < kernel; kx++)
                    value = TStep.Next(value, StridedLoad.Eight(window + (nint)row * width + kx, stride));
            TStep.End(value, divisor).Store(y + ox);
        }
    }

    /// <summary>
    /// What a window's value is made of; it is begun with its first input and then meets all of them.
    /// </summary>
    private interface IStep
    {
        static abstract Vector256<float> Begin(Vector256<float> first);

        static abstract Vector256<float> Next(Vector256<float> value, Vector256<float> next);

        static abstract Vector256<float> End(Vector256<float> value, int divisor);
    }

    private readonly struct Largest : IStep
    {
        public static Vector256<float> Begin(Vector256<float> first) => first;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Next(Vector256<float> value, Vector256<float> next) =>
            Vector256.ConditionalSelect(IsLarger(next, value), next, value);

        public static Vector256<float> End(Vector256<float> value, int divisor) => value;

        /// <summary>Not less or equal, so that NaN counts as larger; but nothing is larger than NaN.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> IsLarger(Vector256<float> next, Vector256<float> value) =>
            Vector256.AndNot(Vector256.Equals(value, value), Vector256.LessThanOrEqual(next, value));
    }

    private readonly struct Mean : IStep
    {
        public static Vector256<float> Begin(Vector256<float> first) => Vector256<float>.Zero;

        public static Vector256<float> Next(Vector256<float> value, Vector256<float> next) => value + next;

        public static Vector256<float> End(Vector256<float> value, int divisor) =>
            value / Vector256.Create((float)divisor);
    }

    private readonly struct Norm : IStep
    {
        public static Vector256<float> Begin(Vector256<float> first) => Vector256<float>.Zero;

        public static Vector256<float> Next(Vector256<float> value, Vector256<float> next) => value + next * next;

        public static Vector256<float> End(Vector256<float> value, int divisor) => Vector256.Sqrt(value);
    }
}
