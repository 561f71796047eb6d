using System.Numerics;
using System.Numerics.Tensors;

namespace Attune.Kernels;

/// <summary>
/// Reorders the dimensions of an array: y's dimension i is x's dimension axes[i]. Rank at most 8.
/// </summary>
internal static class Permute
{
    public static void Forward<T>(ReadOnlySpan<int> shape, ReadOnlySpan<int> axes, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> target = stackalloc int[StridedWalk.MostRank];
        Span<int> strides = stackalloc int[StridedWalk.MostRank];
        Span<int> counter = stackalloc int[StridedWalk.MostRank];
        int count = Arrange(shape, axes, target, strides);
        Require.Length(x.Length, count);
        Require.Length(y.Length, count);
        int rank = shape.Length;
        int inner = rank == 0 ? 1 : Math.Max(target[rank - 1], 1);
        int step = rank == 0 ? 1 : strides[rank - 1];
        var walk = new StridedWalk(target[..Math.Max(rank - 1, 0)], strides, strides, counter);
        for (int start = 0; start < count; start += inner, walk.Advance())
            if (step == 1)
                x.Slice(walk.OffsetA, inner).CopyTo(y[start..]);
            else
                for (int i = 0; i < inner; i++)
                    y[start + i] = x[walk.OffsetA + i * step];
    }

    /// <summary>dx += dy put back in order; shape is x's.</summary>
    public static void AddInputGradient<T>(
        ReadOnlySpan<int> shape, ReadOnlySpan<int> axes, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> target = stackalloc int[StridedWalk.MostRank];
        Span<int> strides = stackalloc int[StridedWalk.MostRank];
        Span<int> counter = stackalloc int[StridedWalk.MostRank];
        int count = Arrange(shape, axes, target, strides);
        Require.Length(dx.Length, count);
        Require.Length(dy.Length, count);
        int rank = shape.Length;
        int inner = rank == 0 ? 1 : Math.Max(target[rank - 1], 1);
        int step = rank == 0 ? 1 : strides[rank - 1];
        var walk = new StridedWalk(target[..Math.Max(rank - 1, 0)], strides, strides, counter);
        for (int start = 0; start < count; start += inner, walk.Advance())
            if (step == 1)
                TensorPrimitives.Add(
                    dx.Slice(walk.OffsetA, inner), dy.Slice(start, inner), dx.Slice(walk.OffsetA, inner));
            else
                for (int i = 0; i < inner; i++)
                    dx[walk.OffsetA + i * step] += dy[start + i];
    }

    /// <summary>y's shape, and how far x advances per step along each of y's dimensions.</summary>
    private static int Arrange(ReadOnlySpan<int> shape, ReadOnlySpan<int> axes, Span<int> target, Span<int> strides)
    {
        if (shape.Length > StridedWalk.MostRank || axes.Length != shape.Length)
            throw new ArgumentException(
                $"A permutation takes up to {StridedWalk.MostRank} dimensions and as many axes; got {shape.Length} and {axes.Length}.");
        int seen = 0;
        long count = 1;
        for (int i = 0; i < axes.Length; i++)
        {
            if ((uint)axes[i] >= (uint)shape.Length || (seen & (1 << axes[i])) != 0)
                throw new ArgumentException(
                    $"A permutation takes each axis once; got [{string.Join(", ", axes.ToArray())}].", nameof(axes));
            seen |= 1 << axes[i];
            target[i] = shape[axes[i]];
            long stride = 1;
            for (int axis = axes[i] + 1; axis < shape.Length; axis++)
                stride *= shape[axis];
            strides[i] = (int)stride;
            count *= shape[i];
        }
        return checked((int)count);
    }
}
