using System.Numerics;
using System.Numerics.Tensors;

namespace Attune.Kernels;

/// <summary>
/// Sums and products of arrays whose shapes are stretched to fit each other, as everywhere: aligned at the innermost
/// dimension, a size of 1 (or none) repeats. Gradients of a stretched operand are summed in row-major order.
/// </summary>
internal static class Broadcast
{
    /// <summary>y = a + b; y has the stretched shape.</summary>
    public static void Add<T>(
        ReadOnlySpan<int> shape, ReadOnlySpan<T> a, ReadOnlySpan<int> shapeA, ReadOnlySpan<T> b,
        ReadOnlySpan<int> shapeB, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Combine<T, Addition>(shape, a, shapeA, b, shapeB, y);

    /// <summary>y = a·b.</summary>
    public static void Multiply<T>(
        ReadOnlySpan<int> shape, ReadOnlySpan<T> a, ReadOnlySpan<int> shapeA, ReadOnlySpan<T> b,
        ReadOnlySpan<int> shapeB, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Combine<T, Multiplication>(shape, a, shapeA, b, shapeB, y);

    /// <summary>da += dy, summed over the dimensions along which a was stretched: the gradient of a sum.</summary>
    public static void AddReduced<T>(ReadOnlySpan<int> shape, ReadOnlySpan<T> dy, ReadOnlySpan<int> shapeA, Span<T> da)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Reduce(shape, dy, [], [], shapeA, da);

    /// <summary>da += dy·b, summed likewise: the gradient of a product.</summary>
    public static void AddReducedProduct<T>(
        ReadOnlySpan<int> shape, ReadOnlySpan<T> dy, ReadOnlySpan<T> b, ReadOnlySpan<int> shapeB,
        ReadOnlySpan<int> shapeA, Span<T> da)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Reduce(shape, dy, b, shapeB, shapeA, da);

    private static void Combine<T, TOperation>(
        ReadOnlySpan<int> shape, ReadOnlySpan<T> a, ReadOnlySpan<int> shapeA, ReadOnlySpan<T> b,
        ReadOnlySpan<int> shapeB, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperation : struct, IOperation
    {
        Span<int> stridesA = stackalloc int[StridedWalk.MostRank];
        Span<int> stridesB = stackalloc int[StridedWalk.MostRank];
        Span<int> counter = stackalloc int[StridedWalk.MostRank];
        int count = Stretch(shape, shapeA, a.Length, stridesA, nameof(a));
        Stretch(shape, shapeB, b.Length, stridesB, nameof(b));
        Require.Length(y.Length, count);
        int inner = Inner(shape, stridesA, stridesB, out int outer);
        int stepA = outer == shape.Length ? 0 : stridesA[shape.Length - 1];
        int stepB = outer == shape.Length ? 0 : stridesB[shape.Length - 1];

        var walk = new StridedWalk(shape[..outer], stridesA, stridesB, counter);
        for (int start = 0; start < count; start += inner, walk.Advance())
        {
            Span<T> target = y.Slice(start, inner);
            if (stepA != 0 && stepB != 0)
                TOperation.Apply(a.Slice(walk.OffsetA, inner), b.Slice(walk.OffsetB, inner), target);
            else if (stepA != 0)
                TOperation.Apply(a.Slice(walk.OffsetA, inner), b[walk.OffsetB], target);
            else
                TOperation.Apply(b.Slice(walk.OffsetB, stepB != 0 ? inner : 1), a[walk.OffsetA], target);
        }
    }

    private static void Reduce<T>(
        ReadOnlySpan<int> shape, ReadOnlySpan<T> dy, ReadOnlySpan<T> b, ReadOnlySpan<int> shapeB,
        ReadOnlySpan<int> shapeA, Span<T> da)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> stridesA = stackalloc int[StridedWalk.MostRank];
        Span<int> stridesB = stackalloc int[StridedWalk.MostRank];
        Span<int> counter = stackalloc int[StridedWalk.MostRank];
        bool product = !b.IsEmpty;
        int count = Stretch(shape, shapeA, da.Length, stridesA, nameof(da));
        Stretch(shape, product ? shapeB : shapeA, product ? b.Length : da.Length, stridesB, nameof(b));
        Require.Length(dy.Length, count);
        int inner = Inner(shape, stridesA, stridesB, out int outer);
        bool sums = outer == shape.Length || stridesA[shape.Length - 1] == 0;
        bool repeatsB = outer == shape.Length || stridesB[shape.Length - 1] == 0;

        var walk = new StridedWalk(shape[..outer], stridesA, stridesB, counter);
        for (int start = 0; start < count; start += inner, walk.Advance())
        {
            ReadOnlySpan<T> source = dy.Slice(start, inner);
            Span<T> target = da.Slice(walk.OffsetA, sums ? 1 : inner);
            ReadOnlySpan<T> factor = product ? b.Slice(walk.OffsetB, repeatsB ? 1 : inner) : [];
            if (sums)
                target[0] += Sum(source, factor);
            else
                AddProduct(source, factor, target);
        }
    }

    /// <summary>Plain sums in order: the same for any vector width.</summary>
    private static T Sum<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < source.Length; i++)
            sum += factor.IsEmpty ? source[i] : source[i] * factor[factor.Length == 1 ? 0 : i];
        return sum;
    }

    private static void AddProduct<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> factor, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (factor.IsEmpty)
            TensorPrimitives.Add(target, source, target);
        else
            for (int i = 0; i < source.Length; i++)
                target[i] += source[i] * factor[factor.Length == 1 ? 0 : i];
    }

    /// <summary>
    /// The operand's strides in the stretched shape (0 where it repeats), after checking that it fits.
    /// </summary>
    private static int Stretch(
        ReadOnlySpan<int> shape, ReadOnlySpan<int> operand, int length, Span<int> strides, string name)
    {
        bool fits = shape.Length <= StridedWalk.MostRank && operand.Length <= shape.Length;
        long count = 1;
        long stride = 1;
        for (int back = 1; fits && back <= shape.Length; back++)
        {
            int size = back <= operand.Length ? operand[^back] : 1;
            fits = size == shape[^back] || size == 1;
            strides[shape.Length - back] = size == 1 ? 0 : (int)stride;
            stride *= size;
            count *= shape[^back];
            fits &= count <= int.MaxValue;
        }
        if (!fits)
            throw new ArgumentException(
                $"Operand '{name}' of shape [{string.Join('×', operand.ToArray())}] does not stretch to " +
                $"[{string.Join('×', shape.ToArray())}] (rank at most {StridedWalk.MostRank}).", name);
        Require.Length(length, stride, name);
        return (int)count;
    }

    /// <summary>
    /// How many innermost elements both operands go through alike: the last dimension, and those before it that
    /// continue it in memory (or repeat) for both.
    /// </summary>
    private static int Inner(ReadOnlySpan<int> shape, ReadOnlySpan<int> a, ReadOnlySpan<int> b, out int outer)
    {
        outer = shape.Length;
        if (outer == 0)
            return 1;
        int inner = shape[--outer];
        while (outer > 0 && Continues(a, outer, shape.Length, inner) && Continues(b, outer, shape.Length, inner))
            inner *= shape[--outer];
        return Math.Max(inner, 1);
    }

    private static bool Continues(ReadOnlySpan<int> strides, int outer, int rank, int inner) =>
        strides[outer - 1] == (strides[rank - 1] == 0 ? 0 : inner);

    private interface IOperation
    {
        static abstract void Apply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
            where T : unmanaged, IFloatingPointIeee754<T>;

        static abstract void Apply<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private readonly struct Addition : IOperation
    {
        public static void Apply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            TensorPrimitives.Add(a, b, y);

        public static void Apply<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (a.Length == y.Length)
                TensorPrimitives.Add(a, b, y);
            else
                y.Fill(a[0] + b);
        }
    }

    private readonly struct Multiplication : IOperation
    {
        public static void Apply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            TensorPrimitives.Multiply(a, b, y);

        public static void Apply<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (a.Length == y.Length)
                TensorPrimitives.Multiply(a, b, y);
            else
                y.Fill(a[0] * b);
        }
    }
}
