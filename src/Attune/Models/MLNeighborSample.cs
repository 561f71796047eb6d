namespace Attune;

/// <summary>A sample of a nearest-neighbours classifier, and its label. Immutable.</summary>
public sealed class MLNeighborSample
{
    /// <summary>A sample of a classifier with strings as labels.</summary>
    /// <param name="label">Any string; a new one becomes a class.</param>
    /// <param name="values">As many finite numbers as the classifier has dimensions. They are copied.</param>
    public MLNeighborSample(string label, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(label);
        Label = label;
        Values = values.ToArray();
    }

    /// <summary>A sample of a classifier with integers as labels.</summary>
    /// <inheritdoc cref="MLNeighborSample(string, ReadOnlySpan{float})"/>
    public MLNeighborSample(long label, ReadOnlySpan<float> values)
    {
        Label = label;
        Values = values.ToArray();
    }

    internal MLNeighborSample(object label, ReadOnlyMemory<float> values)
    {
        Label = label;
        Values = values;
    }

    /// <summary>A <see cref="string"/> or a <see cref="long"/>.</summary>
    public object Label { get; }

    /// <summary>The numbers that the classifier compares; behind a feature extractor, what that makes of the
    /// input.</summary>
    public ReadOnlyMemory<float> Values { get; }
}
