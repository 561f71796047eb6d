using System.Numerics;
using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>The way back through a max(0, y) that a layer has done on its way out.</summary>
internal static unsafe class Rectifier
{
    /// <summary>In place: dy stays where y is above 0, and becomes 0 elsewhere.</summary>
    public static void Backward<T>(Workers workers, ReadOnlySpan<T> y, Span<T> dy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Length(dy.Length, y.Length);
        // Pinned for the duration; the sizes were checked.
        fixed (T* py = y, pdy = dy)
        {
            var job = new Job<T> { Y = py, DY = pdy, Count = y.Length };
            Chunks.Run(workers, ref job, y.Length);
        }
    }

    private struct Job<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Y;
        public T* DY;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            (int i, int end) = Chunks.Range(chunk, Count);
            if (typeof(T) == typeof(float))
                for (; i <= end - Vector<float>.Count; i += Vector<float>.Count)
                {
                    Vector<float> y = Unsafe.ReadUnaligned<Vector<float>>(Y + i);
                    Vector<float> dy = Unsafe.ReadUnaligned<Vector<float>>(DY + i);
                    Unsafe.WriteUnaligned(
                        DY + i, Vector.ConditionalSelect(Vector.GreaterThan(y, default), dy, default));
                }
            for (; i < end; i++)
                if (!(Y[i] > T.Zero))
                    DY[i] = T.Zero;
        }
    }
}
