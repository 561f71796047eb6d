namespace Attune.Models;

/// <summary>
/// What stands behind an <see cref="MLModel"/>: one class per model type. Immutable, and safe from many threads.
/// </summary>
internal abstract class ModelImplementation
{
    /// <summary>The outputs for one set of inputs.</summary>
    public abstract IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options);

    /// <summary>The outputs for every member of a batch, in its order.</summary>
    public virtual IMLFeatureProvider[] PredictBatch(IMLBatchProvider batch)
    {
        var outputs = new IMLFeatureProvider[batch.Count];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = Predict(batch.GetFeatures(i), options: null);
        return outputs;
    }

    /// <summary>The weights or biases that a scoped key names, as a copy; null if there are none.</summary>
    public virtual MLMultiArray? WeightsOf(MLParameterKey key) => null;

    /// <summary>The same model with other weights or biases for the layer that the key is scoped to.</summary>
    /// <exception cref="ArgumentException">There are none of this name, or they have another number of
    /// elements.</exception>
    public virtual ModelImplementation WithWeights(MLParameterKey key, MLMultiArray values) =>
        throw new ArgumentException($"Parameter '{key}' is not a parameter of the model.");

    /// <summary>Weights that differ from the file's, by the number that the document gives them.</summary>
    public virtual IReadOnlyDictionary<int, ReadOnlyMemory<float>> ChangedWeights() =>
        System.Collections.Immutable.ImmutableDictionary<int, ReadOnlyMemory<float>>.Empty;
}
