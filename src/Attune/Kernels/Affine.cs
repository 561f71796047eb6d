using System.Numerics;
using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// y = scale[c]·x + shift[c] over [N × C × inner]: batch normalisation with stored statistics, scale and bias layers.
/// </summary>
internal static unsafe class Affine
{
    /// <summary>An empty shift is none. y may be x itself.</summary>
    public static void Forward<T>(
        Workers workers, int batch, int channels, int inner,
        ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(batch, channels, inner, x.Length, y.Length);
        Require.Length(scale.Length, channels);
        if (!shift.IsEmpty)
            Require.Length(shift.Length, channels);
        // Pinned for the duration; the sizes were checked.
        fixed (T* ps = scale, pt = shift, px = x, py = y)
        {
            var job = new Job<T> { Channels = channels, Inner = inner, Scale = ps, Shift = pt, X = px, Y = py };
            For(workers, x.Length).Run(ref job, batch * channels);
        }
    }

    /// <summary>dx += scale[c]·dy.</summary>
    public static void AddInputGradient<T>(
        Workers workers, int batch, int channels, int inner, ReadOnlySpan<T> scale, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(batch, channels, inner, dy.Length, dx.Length);
        Require.Length(scale.Length, channels);
        // Pinned for the duration; the sizes were checked.
        fixed (T* ps = scale, pdy = dy, pdx = dx)
        {
            var job = new Job<T> { Channels = channels, Inner = inner, Scale = ps, X = pdy, Y = pdx, Adds = true };
            For(workers, dy.Length).Run(ref job, batch * channels);
        }
    }

    /// <summary>dscale[c] += Σ dy·x, summed as <see cref="Channels"/> says.</summary>
    public static void AddScaleGradient<T>(
        Workers workers, int batch, int channels, int inner, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dscale)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Channels.AddDot(workers, batch, channels, inner, dy, x, dscale);

    /// <summary>dshift[c] += Σ dy, likewise.</summary>
    public static void AddShiftGradient<T>(
        Workers workers, int batch, int channels, int inner, ReadOnlySpan<T> dy, Span<T> dshift)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Channels.AddSum(workers, batch, channels, inner, dy, dshift);

    private static Workers For(Workers workers, int work) => work > 1 << 15 ? workers : Workers.Single;

    private static void RequireSizes(int batch, int channels, int inner, int x, int y)
    {
        Require.Size(batch);
        Require.Size(channels);
        Require.Size(inner);
        Require.Length(x, (long)batch * channels * inner);
        Require.Length(y, (long)batch * channels * inner);
    }

    /// <summary>
    /// y = scale·x + shift, or y += scale·x; the product is rounded before the addition, in every width alike.
    /// </summary>
    private struct Job<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Channels;
        public int Inner;
        public T* Scale;
        public T* Shift;
        public T* X;
        public T* Y;
        public bool Adds;

        public readonly void Run(int chunk)
        {
            T scale = Scale[chunk % Channels];
            T shift = Shift == null ? T.Zero : Shift[chunk % Channels];
            T* x = X + (nint)chunk * Inner;
            T* y = Y + (nint)chunk * Inner;
            int i = 0;
            for (; i <= Inner - Vector<T>.Count; i += Vector<T>.Count)
            {
                Vector<T> product = Unsafe.ReadUnaligned<Vector<T>>(x + i) * scale;
                Vector<T> term = Adds ? Unsafe.ReadUnaligned<Vector<T>>(y + i) : new Vector<T>(shift);
                Unsafe.WriteUnaligned(y + i, product + term);
            }
            for (; i < Inner; i++)
                y[i] = x[i] * scale + (Adds ? y[i] : shift);
        }
    }
}
