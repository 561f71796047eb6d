namespace Attune.Arrays;

/// <summary>
/// Where the elements of an array stand in its memory: a shape, and for each axis the distance between neighbours,
/// counted in elements. The logical order is C order: the last axis runs fastest.
/// </summary>
internal sealed class Layout
{
    /// <summary>More axes than any model has; the bound lets the walk keep its position on the stack.</summary>
    public const int MaxRank = 32;

    private readonly int[] strides;

    private Layout(Shape shape, int[] strides, bool isContiguous)
    {
        Shape = shape;
        this.strides = strides;
        IsContiguous = isContiguous;
    }

    public Shape Shape { get; }

    public ReadOnlySpan<int> Strides => strides;

    /// <summary>The elements stand in C order without gaps.</summary>
    public bool IsContiguous { get; }

    public static Layout Contiguous(Shape shape)
    {
        CheckRank(shape.Rank);
        return new Layout(shape, ContiguousStrides(shape), isContiguous: true);
    }

    /// <exception cref="ArgumentException">The strides are not one per axis, or one is negative.</exception>
    public static Layout Strided(Shape shape, ReadOnlySpan<int> strides)
    {
        CheckRank(shape.Rank);
        if (strides.Length != shape.Rank)
            throw new ArgumentException(
                $"An array of shape {shape} takes {shape.Rank} strides, one per axis; got {strides.Length}.",
                nameof(strides));
        foreach (int stride in strides)
            if (stride < 0)
                throw new ArgumentException(
                    $"A stride is 0 or more elements; got {stride}. Give the memory's first element first.",
                    nameof(strides));
        return new Layout(shape, strides.ToArray(), StandsInOrder(shape, strides));
    }

    /// <summary>Number of elements that the memory must have: one more than the largest offset.</summary>
    public long RequiredLength
    {
        get
        {
            if (Shape.Count == 0)
                return 0;
            long last = 0;
            for (int axis = 0; axis < strides.Length; axis++)
            {
                // Each product is below 2^62; stop before a sum of them could overflow.
                last += (long)(Shape[axis] - 1) * strides[axis];
                if (last > int.MaxValue)
                    return last;
            }
            return last + 1;
        }
    }

    /// <summary>Offset in memory of the element that is number <paramref name="index"/> in C order.</summary>
    public int OffsetOf(int index)
    {
        if (IsContiguous)
            return index;
        int offset = 0;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            (index, int at) = Math.DivRem(index, Shape[axis]);
            offset += at * strides[axis];
        }
        return offset;
    }

    /// <summary>Copies elements in C order, from number <paramref name="start"/> on, until the destination is full.
    /// </summary>
    public void Gather<T>(ReadOnlySpan<T> memory, int start, Span<T> destination)
    {
        if (IsContiguous)
        {
            memory.Slice(start, destination.Length).CopyTo(destination);
            return;
        }
        var walk = new Walk(this, stackalloc int[MaxRank], start);
        while (!destination.IsEmpty)
        {
            int run = walk.RunLength(destination.Length);
            int offset = walk.Offset, stride = walk.Stride;
            for (int i = 0; i < run; i++, offset += stride)
                destination[i] = memory[offset];
            destination = destination[run..];
            walk.Advance(run);
        }
    }

    /// <summary>The other way: writes elements in C order, from number <paramref name="start"/> on.</summary>
    public void Scatter<T>(ReadOnlySpan<T> source, int start, Span<T> memory)
    {
        if (IsContiguous)
        {
            source.CopyTo(memory[start..]);
            return;
        }
        var walk = new Walk(this, stackalloc int[MaxRank], start);
        while (!source.IsEmpty)
        {
            int run = walk.RunLength(source.Length);
            int offset = walk.Offset, stride = walk.Stride;
            for (int i = 0; i < run; i++, offset += stride)
                memory[offset] = source[i];
            source = source[run..];
            walk.Advance(run);
        }
    }

    private static int[] ContiguousStrides(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        int stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            // A shape without elements keeps strides of at least 1, so that they still read as a C order.
            stride *= Math.Max(1, shape.Count == 0 ? 1 : shape[axis]);
        }
        return strides;
    }

    private static bool StandsInOrder(Shape shape, ReadOnlySpan<int> strides)
    {
        long expected = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            // The stride of an axis of one element is never used.
            if (shape[axis] != 1 && strides[axis] != expected && shape.Count > 0)
                return false;
            expected *= shape[axis];
        }
        return true;
    }

    private static void CheckRank(int rank)
    {
        if (rank > MaxRank)
            throw new ArgumentException($"A multi-array takes at most {MaxRank} axes; got {rank}.");
    }

    /// <summary>A position that moves through the elements in C order, by runs along the last axis.</summary>
    private ref struct Walk
    {
        private readonly ReadOnlySpan<int> dimensions;
        private readonly ReadOnlySpan<int> strides;
        private readonly Span<int> at;
        private long offset;

        public Walk(Layout layout, Span<int> position, int start)
        {
            dimensions = layout.Shape.Dimensions;
            strides = layout.strides;
            at = position[..dimensions.Length];
            for (int axis = at.Length - 1; axis >= 0; axis--)
            {
                (start, at[axis]) = Math.DivRem(start, Math.Max(1, dimensions[axis]));
                offset += (long)at[axis] * strides[axis];
            }
        }

        public readonly int Offset => (int)offset;

        public readonly int Stride => strides[^1];

        public readonly int RunLength(int atMost) => Math.Min(dimensions[^1] - at[^1], atMost);

        public void Advance(int run)
        {
            int axis = at.Length - 1;
            at[axis] += run;
            offset += (long)run * strides[axis];
            for (; axis > 0 && at[axis] == dimensions[axis]; axis--)
            {
                offset += strides[axis - 1] - (long)dimensions[axis] * strides[axis];
                at[axis] = 0;
                at[axis - 1]++;
            }
        }
    }
}
