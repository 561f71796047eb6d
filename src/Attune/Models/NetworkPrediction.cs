namespace Attune.Models;

/// <summary>What a network predicts for one sample: values in the order of names that all its predictions share.
/// </summary>
internal sealed class NetworkPrediction(PredictionNames names, MLFeatureValue[] values) : IMLFeatureProvider
{
    public IReadOnlySet<string> FeatureNames => names.Set;

    public PredictionNames Names => names;

    public ReadOnlySpan<MLFeatureValue> Values => values;

    public MLFeatureValue? GetFeatureValue(string featureName)
    {
        ArgumentNullException.ThrowIfNull(featureName);
        int index = names.IndexOf(featureName);
        return index < 0 ? null : values[index];
    }
}

/// <summary>The names of a network's outputs, in their order.</summary>
internal sealed class PredictionNames(string[] names)
{
    public IReadOnlySet<string> Set { get; } =
        new System.Collections.ObjectModel.ReadOnlySet<string>(new HashSet<string>(names, StringComparer.Ordinal));

    public int Count => names.Length;

    /// <summary>-1 if there is none. Outputs are few: looking through them is faster than hashing.</summary>
    public int IndexOf(string name) => Array.IndexOf(names, name);
}
