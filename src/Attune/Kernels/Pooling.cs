using System.Numerics;
using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Pooling of [N×C×H×W] and its gradient. Max passes NaN on and ignores padding; a window without a single real input
/// gives 0. L2 is the square root of the sum of squares.
/// </summary>
internal static unsafe class Pooling
{
    public static void Forward<T>(
        Workers workers, PoolingKind kind, in PoolingGeometry g, int batch, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(g, batch, x.Length, y.Length);
        // Pinned for the duration; the sizes were checked.
        fixed (T* px = x, py = y)
        {
            var job = new ForwardJob<T> { Kind = kind, Geometry = g, X = px, Y = py };
            For(workers, x.Length).Run(ref job, batch * g.Channels);
        }
    }

    /// <summary>
    /// Adds to dx, or writes over it if it <paramref name="isFirst"/>. Max: the whole of dy goes to the first largest
    /// input of the window in the order of scanning.
    /// Average: an equal share to each. L2: dy·x/y, nothing where y is 0.
    /// </summary>
    public static void AddInputGradient<T>(
        Workers workers, PoolingKind kind, in PoolingGeometry g, int batch,
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, bool isFirst = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(g, batch, x.Length, y.Length);
        RequireSizes(g, batch, dx.Length, dy.Length);
        // Pinned for the duration; the sizes were checked.
        fixed (T* px = x, py = y, pdy = dy, pdx = dx)
        {
            var job = new GradientJob<T>
            {
                Kind = kind, Geometry = g, X = px, Y = py, DY = pdy, DX = pdx, IsFirst = isFirst,
            };
            For(workers, x.Length).Run(ref job, batch * g.Channels);
        }
    }

    private static Workers For(Workers workers, int work) => work > 1 << 15 ? workers : Workers.Single;

    private static void RequireSizes(in PoolingGeometry g, int batch, int x, int y)
    {
        g.Require();
        Require.Size(batch);
        Require.Length(x, (long)batch * g.Channels * g.InputPlane);
        Require.Length(y, (long)batch * g.Channels * g.OutputPlane);
    }

    private struct ForwardJob<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public PoolingKind Kind;
        public PoolingGeometry Geometry;
        public T* X;
        public T* Y;

        /// <summary>One channel of one sample.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            T* x = X + (nint)chunk * Geometry.InputPlane;
            T* y = Y + (nint)chunk * Geometry.OutputPlane;
            (int first, int end) = typeof(T) == typeof(float) ? PoolingRow.Middle(Geometry) : (0, 0);
            for (int oy = 0; oy < Geometry.OutputHeight; oy++, y += Geometry.OutputWidth)
            {
                (int top, int bottom, int height) = Geometry.RowWindow(oy);
                RunPlain(x, y, 0, first, top, bottom, height);
                if (end > first)
                    PoolingRow.Forward(Kind, Geometry, (float*)x, (float*)y, first, end, top, bottom, height);
                RunPlain(x, y, end, Geometry.OutputWidth, top, bottom, height);
            }
        }

        private readonly void RunPlain(T* x, T* y, int first, int end, int top, int bottom, int height)
        {
            for (int ox = first; ox < end; ox++)
            {
                (int left, int right, int width) = Geometry.ColumnWindow(ox);
                var window = new PoolingWindow(top, bottom, left, right, height * width);
                y[ox] = Kind switch
                {
                    PoolingKind.Max => Max(x, window),
                    PoolingKind.Average => Average(x, window),
                    _ => Norm(x, window),
                };
            }
        }

        private readonly T Max(T* x, in PoolingWindow window)
        {
            int index = window.FirstLargest(x, Geometry.InputWidth);
            return index < 0 ? T.Zero : x[index];
        }

        private readonly T Average(T* x, in PoolingWindow window)
        {
            T sum = T.Zero;
            if (window.Left == 0 && window.Right == Geometry.InputWidth && window.Bottom > window.Top)
                sum = LaneSums.Sum(
                    x + window.Top * Geometry.InputWidth, (window.Bottom - window.Top) * Geometry.InputWidth);
            else
                for (int iy = window.Top; iy < window.Bottom; iy++)
                    for (int ix = window.Left; ix < window.Right; ix++)
                        sum += x[iy * Geometry.InputWidth + ix];
            return sum / T.CreateTruncating(window.Divisor(Geometry.ExcludePadding));
        }

        private readonly T Norm(T* x, in PoolingWindow window)
        {
            T sum = T.Zero;
            for (int iy = window.Top; iy < window.Bottom; iy++)
                for (int ix = window.Left; ix < window.Right; ix++)
                    sum += x[iy * Geometry.InputWidth + ix] * x[iy * Geometry.InputWidth + ix];
            return T.Sqrt(sum);
        }
    }

    private struct GradientJob<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public PoolingKind Kind;
        public PoolingGeometry Geometry;
        public T* X;
        public T* Y;
        public T* DY;
        public T* DX;
        public bool IsFirst;

        /// <summary>One channel of one sample; windows of other channels do not reach into it.</summary>
        public readonly void Run(int chunk)
        {
            T* x = X + (nint)chunk * Geometry.InputPlane;
            T* dx = DX + (nint)chunk * Geometry.InputPlane;
            if (IsFirst)
                new Span<T>(dx, Geometry.InputPlane).Clear();
            nint start = (nint)chunk * Geometry.OutputPlane;
            bool hasMiddle = typeof(T) == typeof(float) && Kind == PoolingKind.Max;
            (int first, int end) = hasMiddle ? PoolingRow.Middle(Geometry) : (0, 0);
            for (int oy = 0; oy < Geometry.OutputHeight; oy++, start += Geometry.OutputWidth)
            {
                (int top, int bottom, int height) = Geometry.RowWindow(oy);
                RunPlain(x, dx, start, 0, first, top, bottom, height);
                if (end > first)
                    PoolingRow.AddMaxGradient(
                        Geometry, (float*)x, (float*)DY + start, (float*)dx, first, end, top, bottom);
                RunPlain(x, dx, start, end, Geometry.OutputWidth, top, bottom, height);
            }
        }

        private readonly void RunPlain(T* x, T* dx, nint start, int first, int end, int top, int bottom, int height)
        {
            for (int ox = first; ox < end; ox++)
            {
                (int left, int right, int width) = Geometry.ColumnWindow(ox);
                Add(x, dx, new PoolingWindow(top, bottom, left, right, height * width), Y[start + ox], DY[start + ox]);
            }
        }

        private readonly void Add(T* x, T* dx, in PoolingWindow window, T y, T dy)
        {
            if (Kind == PoolingKind.Max)
            {
                int index = window.FirstLargest(x, Geometry.InputWidth);
                if (index >= 0)
                    dx[index] += dy;
                return;
            }
            bool average = Kind == PoolingKind.Average;
            if (!average && y == T.Zero)
                return;
            T factor = dy / (average ? T.CreateTruncating(window.Divisor(Geometry.ExcludePadding)) : y);
            for (int iy = window.Top; iy < window.Bottom; iy++)
                for (int ix = window.Left; ix < window.Right; ix++)
                {
                    int i = iy * Geometry.InputWidth + ix;
                    dx[i] += average ? factor : factor * x[i];
                }
        }
    }
}
