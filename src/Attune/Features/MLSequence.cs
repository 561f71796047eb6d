namespace Attune;

/// <summary>
/// Texts or integers one after another, all of one kind. Immutable.
/// </summary>
/// <remarks>Core ML: <c>MLSequence</c>.</remarks>
public sealed class MLSequence : IEquatable<MLSequence>
{
    private MLSequence(MLFeatureType type, string[] strings, long[] integers)
    {
        Type = type;
        StringValues = Array.AsReadOnly(strings);
        Int64Values = Array.AsReadOnly(integers);
    }

    /// <summary>The kind of the elements: <see cref="MLFeatureType.String"/> or
    /// <see cref="MLFeatureType.Int64"/>.</summary>
    public MLFeatureType Type { get; }

    /// <summary>The texts; empty if the elements are integers.</summary>
    public IReadOnlyList<string> StringValues { get; }

    /// <summary>The integers; empty if the elements are texts.</summary>
    public IReadOnlyList<long> Int64Values { get; }

    /// <summary>Number of elements.</summary>
    public int Count => StringValues.Count + Int64Values.Count;

    /// <summary>A sequence of texts. The list is copied.</summary>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public static MLSequence FromStrings(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] copy = [.. values];
        if (copy.AsSpan().Contains(null))
            throw new ArgumentException("A sequence of texts takes no null among them.", nameof(values));
        return new MLSequence(MLFeatureType.String, copy, []);
    }

    /// <summary>A sequence of integers. The list is copied.</summary>
    public static MLSequence FromInt64s(IEnumerable<long> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new MLSequence(MLFeatureType.Int64, [], [.. values]);
    }

    /// <summary>A sequence without elements.</summary>
    /// <param name="type"><see cref="MLFeatureType.String"/> or <see cref="MLFeatureType.Int64"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another kind.</exception>
    public static MLSequence Empty(MLFeatureType type)
    {
        if (type is not (MLFeatureType.String or MLFeatureType.Int64))
            throw new ArgumentOutOfRangeException(
                nameof(type), $"A sequence takes elements of kind String or Int64; got {type}.");
        return new MLSequence(type, [], []);
    }

    /// <summary>Whether kind and elements are equal, in order.</summary>
    public bool Equals(MLSequence? other) =>
        other is not null && Type == other.Type
        && StringValues.SequenceEqual(other.StringValues, StringComparer.Ordinal)
        && Int64Values.SequenceEqual(other.Int64Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MLSequence);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Type);
        foreach (string text in StringValues)
            hash.Add(text, StringComparer.Ordinal);
        foreach (long integer in Int64Values)
            hash.Add(integer);
        return hash.ToHashCode();
    }

    /// <summary>The kind and the number of elements, such as <c>Int64 ×3</c>.</summary>
    public override string ToString() => $"{Type} ×{Count}";
}
