using System.Numerics;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>Sums over [N × C × inner] per channel.</summary>
internal static unsafe class Channels
{
    /// <summary>
    /// sums[c] += Σ over n and inner of x: sample after sample, each summed as <see cref="LaneSums"/> does.
    /// </summary>
    public static void AddSum<T>(Workers workers, int batch, int channels, int inner, ReadOnlySpan<T> x, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Length(x.Length, (long)batch * channels * inner);
        Require.Length(sums.Length, channels);
        // Pinned for the duration; the sizes were checked.
        fixed (T* px = x, ps = sums)
        {
            var job = new SumJob<T> { Batch = batch, Channels = channels, Inner = inner, X = px, Sums = ps };
            (x.Length > 1 << 14 ? workers : Workers.Single).Run(ref job, channels);
        }
    }

    /// <summary>
    /// sums[c] += Σ over n and inner of x·y, in the same order: the gradient of a factor per channel.
    /// </summary>
    public static void AddDot<T>(
        Workers workers, int batch, int channels, int inner, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Length(x.Length, (long)batch * channels * inner);
        Require.Length(y.Length, (long)batch * channels * inner);
        Require.Length(sums.Length, channels);
        // Pinned for the duration; the sizes were checked.
        fixed (T* px = x, py = y, ps = sums)
        {
            var job = new SumJob<T> { Batch = batch, Channels = channels, Inner = inner, X = px, Y = py, Sums = ps };
            (x.Length > 1 << 14 ? workers : Workers.Single).Run(ref job, channels);
        }
    }

    private struct SumJob<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Batch;
        public int Channels;
        public int Inner;
        public T* X;
        public T* Y;
        public T* Sums;

        public readonly void Run(int chunk)
        {
            T total = Sums[chunk];
            for (int n = 0; n < Batch; n++)
            {
                nint start = ((nint)n * Channels + chunk) * Inner;
                total += Y == null ? LaneSums.Sum(X + start, Inner) : LaneSums.Dot(X + start, Y + start, Inner);
            }
            Sums[chunk] = total;
        }
    }
}
