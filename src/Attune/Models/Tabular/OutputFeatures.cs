namespace Attune.Models;

/// <summary>The features that one prediction gives, as they are made.</summary>
internal sealed class OutputFeatures(MLPredictionOptions? options)
{
    private readonly Dictionary<string, MLFeatureValue> features = [];

    /// <summary>Adds an output; an array goes into the caller's backing if there is one.</summary>
    /// <exception cref="MLFeatureException">The backing does not fit.</exception>
    public void Add(string name, MLFeatureValue value)
    {
        object? backing = null;
        if (options?.OutputBackings.TryGetValue(name, out backing) == true && value.MultiArrayValue is { } array)
            value = MLFeatureValue.FromMultiArray(Write(name, array, backing));
        features[name] = value;
    }

    /// <exception cref="MLFeatureException">There are backings for outputs that take none.</exception>
    public MLDictionaryFeatureProvider Provide()
    {
        foreach (string name in options?.OutputBackings.Keys ?? [])
            if (!features.TryGetValue(name, out MLFeatureValue? value) || value.MultiArrayValue is null)
                throw new MLFeatureException(
                    $"Output '{name}' takes no backing; only arrays that the model makes do.") { FeatureName = name };
        return new MLDictionaryFeatureProvider(features);
    }

    private static MLMultiArray Write(string name, MLMultiArray array, object? backing)
    {
        if (backing is not MLMultiArray given || given.Count != array.Count)
            throw new MLFeatureException(
                $"The backing of output '{name}' takes an MLMultiArray of {array.Count} elements. Give such an " +
                "object in MLPredictionOptions.OutputBackings, or none.") { FeatureName = name };
        for (int i = 0; i < array.Count; i++)
            given[i] = array[i];
        return given;
    }
}
