using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Attune.Features;

namespace Attune;

/// <summary>
/// Values by name, held in a dictionary: <c>new MLDictionaryFeatureProvider { ["image"] = image, ["digit"] = "7" }</c>.
/// </summary>
/// <remarks>Filling it needs the caller's order; reading from many threads is safe. Core ML:
/// <c>MLDictionaryFeatureProvider</c>, which cannot be changed once made.</remarks>
public sealed class MLDictionaryFeatureProvider : IMLFeatureProvider
{
    private readonly OrderedDictionary<string, MLFeatureValue> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>A provider without features yet.</summary>
    public MLDictionaryFeatureProvider()
    {
        FeatureNames = new ReadOnlySet<string>(names);
        Dictionary = new ReadOnlyDictionary<string, MLFeatureValue>(values);
    }

    /// <summary>A provider of the given values. The dictionary is copied; arrays and images are aliased.</summary>
    public MLDictionaryFeatureProvider(IReadOnlyDictionary<string, MLFeatureValue> dictionary) : this()
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        foreach ((string name, MLFeatureValue value) in dictionary)
            this[name] = value;
    }

    /// <summary>A provider of plain objects: integers, floats, strings, arrays, pixel buffers, sequences, dictionaries
    /// of doubles, and feature values.</summary>
    /// <exception cref="MLFeatureException">An object is of another type, or null.</exception>
    public MLDictionaryFeatureProvider(IReadOnlyDictionary<string, object> dictionary) : this()
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        foreach ((string name, object value) in dictionary)
            this[name] = FeatureValues.From(value, name);
    }

    /// <inheritdoc/>
    public IReadOnlySet<string> FeatureNames { get; }

    /// <summary>All values by name, in the order in which they were added.</summary>
    public IReadOnlyDictionary<string, MLFeatureValue> Dictionary { get; }

    /// <summary>The value of a feature: null if there is none; setting replaces or adds.</summary>
    [DisallowNull]
    public MLFeatureValue? this[string featureName]
    {
        get => GetFeatureValue(featureName);
        set
        {
            ArgumentNullException.ThrowIfNull(featureName);
            ArgumentNullException.ThrowIfNull(value);
            values[featureName] = value;
            names.Add(featureName);
        }
    }

    /// <summary>Adds a feature.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(string featureName, MLFeatureValue value)
    {
        ArgumentNullException.ThrowIfNull(featureName);
        if (names.Contains(featureName))
            throw new ArgumentException(
                $"A provider takes one value per name; it has '{featureName}' already.", nameof(featureName));
        this[featureName] = value;
    }

    /// <inheritdoc/>
    public MLFeatureValue? GetFeatureValue(string featureName)
    {
        ArgumentNullException.ThrowIfNull(featureName);
        return values.TryGetValue(featureName, out MLFeatureValue? value) ? value : null;
    }
}
