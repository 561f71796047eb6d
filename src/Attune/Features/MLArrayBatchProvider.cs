using Attune.Features;

namespace Attune;

/// <summary>A batch of samples held in memory.</summary>
/// <remarks>It is stable (<see cref="IMLBatchProvider.IsStable"/>): do not change the samples' arrays or images while a
/// model is updated with them. Core ML: <c>MLArrayBatchProvider</c>.</remarks>
public sealed class MLArrayBatchProvider : IMLBatchProvider
{
    private readonly IMLFeatureProvider[] samples;

    /// <summary>A batch of the given samples, in order. The list is copied, the samples are not.</summary>
    /// <exception cref="ArgumentException">A sample is null.</exception>
    public MLArrayBatchProvider(IEnumerable<IMLFeatureProvider> array)
    {
        ArgumentNullException.ThrowIfNull(array);
        samples = [.. array];
        if (samples.AsSpan().Contains(null))
            throw new ArgumentException("A batch takes samples; got null among them.", nameof(array));
        Array = System.Array.AsReadOnly(samples);
    }

    /// <summary>A batch given by columns: for each feature the values of all samples.</summary>
    /// <param name="dictionary">For each name a list of values, all of one kind: plain objects as
    /// <see cref="MLDictionaryFeatureProvider"/> takes them.</param>
    /// <exception cref="MLFeatureException">The columns differ in length, kinds are mixed within a column, or an object
    /// is of a type that no feature has.</exception>
    public MLArrayBatchProvider(IReadOnlyDictionary<string, IReadOnlyList<object>> dictionary)
        : this(FromColumns(dictionary))
    {
    }

    /// <summary>The samples, in order.</summary>
    public IReadOnlyList<IMLFeatureProvider> Array { get; }

    /// <inheritdoc/>
    public int Count => samples.Length;

    /// <summary>True: a sample has the same values on every read.</summary>
    public bool IsStable => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public IMLFeatureProvider GetFeatures(int index)
    {
        if ((uint)index >= (uint)samples.Length)
            throw new ArgumentOutOfRangeException(
                nameof(index), $"A batch of {samples.Length} samples takes an index from 0; got {index}.");
        return samples[index];
    }

    private static MLDictionaryFeatureProvider[] FromColumns(
        IReadOnlyDictionary<string, IReadOnlyList<object>> dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        MLDictionaryFeatureProvider[]? rows = null;
        foreach ((string name, IReadOnlyList<object> column) in dictionary)
        {
            rows ??= NewRows(column.Count);
            if (column.Count != rows.Length)
                throw MLFeatureException.Of(
                    name, $"takes {rows.Length} values, as many as the columns before it", $"{column.Count}");
            Fill(rows, name, column);
        }
        return rows ?? [];
    }

    private static MLDictionaryFeatureProvider[] NewRows(int count)
    {
        var rows = new MLDictionaryFeatureProvider[count];
        for (int i = 0; i < count; i++)
            rows[i] = new MLDictionaryFeatureProvider();
        return rows;
    }

    private static void Fill(MLDictionaryFeatureProvider[] rows, string name, IReadOnlyList<object> column)
    {
        MLFeatureType type = MLFeatureType.Invalid;
        for (int i = 0; i < rows.Length; i++)
        {
            MLFeatureValue value = FeatureValues.From(column[i], name, i);
            type = i == 0 ? value.Type : type;
            if (value.Type != type)
                throw MLFeatureException.Of(
                    name, $"takes values of one kind, {type} like the first of its column", $"{value}", i);
            rows[i][name] = value;
        }
    }
}
