using System.Collections.Immutable;

namespace Attune.Arrays;

/// <summary>
/// The dimensions of an array, outermost first. Immutable. Rank 0 is a single number.
/// The number of elements always fits an <see cref="int"/>, so that inner code may count with it.
/// </summary>
internal sealed class Shape : IEquatable<Shape>
{
    public static readonly Shape Scalar = new([], 1);

    private readonly ImmutableArray<int> dimensions;

    private Shape(ImmutableArray<int> dimensions, int count)
    {
        this.dimensions = dimensions;
        Count = count;
    }

    /// <summary>Number of dimensions.</summary>
    public int Rank => dimensions.Length;

    /// <summary>Number of elements: the product of all dimensions.</summary>
    public int Count { get; }

    public ReadOnlySpan<int> Dimensions => dimensions.AsSpan();

    /// <summary>The size of one dimension; a negative <paramref name="axis"/> counts from the innermost, -1.</summary>
    public int this[int axis] => dimensions[axis < 0 ? axis + Rank : axis];

    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative, or there are more elements than an
    /// <see cref="int"/> counts.</exception>
    public static Shape Of(params ReadOnlySpan<int> dimensions)
    {
        if (!TryOf(dimensions, out Shape? shape))
            throw new ArgumentOutOfRangeException(
                nameof(dimensions),
                $"A shape takes dimensions of 0 or more whose product is at most {int.MaxValue}; got " +
                $"[{string.Join('×', dimensions.ToArray())}].");
        return shape;
    }

    /// <summary>The same without an exception, for dimensions that come from a file.</summary>
    public static bool TryOf(
        ReadOnlySpan<int> dimensions, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Shape? shape)
    {
        shape = null;
        long count = 1;
        foreach (int dimension in dimensions)
        {
            if (dimension < 0)
                return false;
            count *= dimension;
            if (count > int.MaxValue)
                return false;
        }
        shape = new Shape([.. dimensions], (int)count);
        return true;
    }

    /// <summary>
    /// Number of elements in the dimensions from <paramref name="start"/> (inclusive) to <paramref name="end"/>
    /// (exclusive).
    /// </summary>
    public int CountOf(int start, int end)
    {
        int count = 1;
        for (int axis = start; axis < end; axis++)
            count *= dimensions[axis];
        return count;
    }

    /// <summary>Whether these are its dimensions.</summary>
    public bool Is(IReadOnlyList<int> sizes)
    {
        if (sizes.Count != Rank)
            return false;
        for (int axis = 0; axis < Rank; axis++)
            if (sizes[axis] != dimensions[axis])
                return false;
        return true;
    }

    public bool Equals(Shape? other) =>
        other is not null && dimensions.AsSpan().SequenceEqual(other.dimensions.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int dimension in dimensions)
            hash.Add(dimension);
        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join('×', dimensions)}]";
}
