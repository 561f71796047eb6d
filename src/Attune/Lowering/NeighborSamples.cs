namespace Attune.Lowering;

/// <summary>What a nearest-neighbours classifier has learnt: samples and their labels. Immutable.</summary>
internal sealed class NeighborSamples
{
    private readonly float[] values;
    private readonly object[] labels;
    private readonly int[] classes;

    /// <param name="dimensions">Numbers per sample, 1 or more.</param>
    /// <param name="values">The samples, one behind the other; not changed any more.</param>
    /// <param name="labels">The label of each: all strings or all <see cref="long"/>.</param>
    public NeighborSamples(int dimensions, float[] values, object[] labels)
    {
        Dimensions = dimensions;
        this.values = values;
        this.labels = labels;
        classes = new int[labels.Length];
        var places = new Dictionary<object, int>();
        var distinct = new List<object>();
        for (int i = 0; i < labels.Length; i++)
        {
            if (!places.TryGetValue(labels[i], out classes[i]))
            {
                classes[i] = distinct.Count;
                places.Add(labels[i], distinct.Count);
                distinct.Add(labels[i]);
            }
        }
        Classes = distinct.AsReadOnly();
    }

    public int Dimensions { get; }

    public int Count => labels.Length;

    /// <summary>All samples, one behind the other.</summary>
    public ReadOnlyMemory<float> Values => values;

    public IReadOnlyList<object> Labels => labels;

    /// <summary>Every label once, in the order in which they first appear.</summary>
    public IReadOnlyList<object> Classes { get; }

    /// <summary>The place of a sample's label among <see cref="Classes"/>.</summary>
    public int ClassOf(int sample) => classes[sample];

    public ReadOnlyMemory<float> this[int sample] => values.AsMemory(sample * Dimensions, Dimensions);

    /// <summary>These, and others behind them.</summary>
    /// <exception cref="ArgumentException">Together they are more numbers than one array holds.</exception>
    public NeighborSamples With(ReadOnlySpan<float> moreValues, ReadOnlySpan<object> moreLabels)
    {
        RequireRoom(Count + (long)moreLabels.Length, Dimensions);
        float[] all = GC.AllocateUninitializedArray<float>(values.Length + moreValues.Length);
        values.CopyTo(all, 0);
        moreValues.CopyTo(all.AsSpan(values.Length));
        return new NeighborSamples(Dimensions, all, [.. labels, .. moreLabels]);
    }

    /// <summary>Those of the given places, in that order.</summary>
    public NeighborSamples Only(IReadOnlyList<int> kept)
    {
        var all = new float[kept.Count * Dimensions];
        for (int i = 0; i < kept.Count; i++)
            this[kept[i]].Span.CopyTo(all.AsSpan(i * Dimensions));
        return new NeighborSamples(Dimensions, all, [.. kept.Select(sample => labels[sample])]);
    }

    /// <summary>The same with another sample in the place of one.</summary>
    public NeighborSamples Replacing(int sample, ReadOnlySpan<float> newValues, object newLabel)
    {
        float[] all = [.. values];
        newValues.CopyTo(all.AsSpan(sample * Dimensions));
        object[] allLabels = [.. labels];
        allLabels[sample] = newLabel;
        return new NeighborSamples(Dimensions, all, allLabels);
    }

    /// <summary>At most so many of each class: the newest, which stand last.</summary>
    public NeighborSamples Newest(int perClass)
    {
        var counts = new int[Classes.Count];
        var kept = new List<int>(Count);
        for (int i = Count - 1; i >= 0; i--)
            if (++counts[classes[i]] <= perClass)
                kept.Add(i);
        if (kept.Count == Count)
            return this;
        kept.Reverse();
        return Only(kept);
    }

    /// <exception cref="ArgumentException">Samples of that number are more numbers than one array holds.</exception>
    public static void RequireRoom(long count, int dimensions)
    {
        if (count * dimensions > Array.MaxLength)
            throw new ArgumentException(
                $"A nearest-neighbours classifier holds at most {Array.MaxLength} numbers; " +
                $"{count} samples of {dimensions} are more. Remove samples, or limit them per class.");
    }
}
