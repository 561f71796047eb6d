using System.Numerics;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Softmax along the middle axis of [outer × length × inner]: y_i = e^(x_i - max) / Σ e^(x_j - max). Subtracting the
/// largest keeps the powers in range. A NaN among the inputs makes the whole line NaN.
/// </summary>
internal static unsafe class Softmax
{
    public static void Forward<T>(Workers workers, int outer, int length, int inner, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(outer, length, inner, x.Length, y.Length);
        // Pinned for the duration; the sizes were checked.
        fixed (T* px = x, py = y)
        {
            var job = new ForwardJob<T> { Length = length, Inner = inner, X = px, Y = py };
            For(workers, x.Length).Run(ref job, outer);
        }
    }

    /// <summary>dx_i += y_i·(dy_i - Σ dy_j·y_j).</summary>
    public static void AddInputGradient<T>(
        Workers workers, int outer, int length, int inner, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(outer, length, inner, y.Length, dy.Length);
        RequireSizes(outer, length, inner, y.Length, dx.Length);
        // Pinned for the duration; the sizes were checked.
        fixed (T* py = y, pdy = dy, pdx = dx)
        {
            var job = new GradientJob<T> { Length = length, Inner = inner, Y = py, DY = pdy, DX = pdx };
            For(workers, y.Length).Run(ref job, outer);
        }
    }

    private static Workers For(Workers workers, int work) => work > 1 << 12 ? workers : Workers.Single;

    private static void RequireSizes(int outer, int length, int inner, int x, int y)
    {
        Require.Size(outer);
        Require.Size(length);
        Require.Size(inner);
        Require.Length(x, (long)outer * length * inner);
        Require.Length(y, (long)outer * length * inner);
    }

    private struct ForwardJob<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Length;
        public int Inner;
        public T* X;
        public T* Y;

        public readonly void Run(int chunk)
        {
            nint start = (nint)chunk * Length * Inner;
            for (int i = 0; i < Inner; i++)
                Line(X + start + i, Y + start + i);
        }

        private readonly void Line(T* x, T* y)
        {
            T largest = T.NegativeInfinity;
            for (int j = 0; j < Length; j++)
                largest = T.Max(largest, x[(nint)j * Inner]);
            T sum = T.Zero;
            for (int j = 0; j < Length; j++)
            {
                T power = T.Exp(x[(nint)j * Inner] - largest);
                y[(nint)j * Inner] = power;
                sum += power;
            }
            for (int j = 0; j < Length; j++)
                y[(nint)j * Inner] /= sum;
        }
    }

    private struct GradientJob<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Length;
        public int Inner;
        public T* Y;
        public T* DY;
        public T* DX;

        public readonly void Run(int chunk)
        {
            nint start = (nint)chunk * Length * Inner;
            for (int i = 0; i < Inner; i++)
                Line(Y + start + i, DY + start + i, DX + start + i);
        }

        private readonly void Line(T* y, T* dy, T* dx)
        {
            T dot = T.Zero;
            for (nint j = 0; j < (nint)Length * Inner; j += Inner)
                dot += dy[j] * y[j];
            for (nint j = 0; j < (nint)Length * Inner; j += Inner)
                dx[j] += y[j] * (dy[j] - dot);
        }
    }
}
