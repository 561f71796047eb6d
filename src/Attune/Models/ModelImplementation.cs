using Attune.Format;

namespace Attune.Models;

/// <summary>
/// What stands behind an <see cref="MLModel"/>: one class per model type. Immutable, and safe from many threads.
/// </summary>
internal abstract class ModelImplementation
{
    /// <summary>The outputs for one set of inputs.</summary>
    public abstract IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options);

    /// <summary>The outputs for some members of a batch, in its order.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="first">The first of them, 0 or more.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="MLFeatureException">A member is not what the model takes; it is named by its number in the
    /// batch.</exception>
    public virtual IMLFeatureProvider[] PredictBatch(IMLBatchProvider batch, int first, int count)
    {
        var outputs = new IMLFeatureProvider[count];
        for (int i = 0; i < count; i++)
        {
            try
            {
                outputs[i] = Predict(batch.GetFeatures(first + i), options: null);
            }
            catch (MLFeatureException refusal) when (refusal.SampleIndex is null)
            {
                throw refusal.InSample(first + i);
            }
        }
        return outputs;
    }

    /// <summary>The weights or biases that a scoped key names, as a copy; null if there are none.</summary>
    public virtual MLMultiArray? WeightsOf(MLParameterKey key) => null;

    /// <summary>The same model with other weights or biases for the layer that the key is scoped to.</summary>
    /// <exception cref="ArgumentException">There are none of this name, or they have another number of
    /// elements.</exception>
    public virtual ModelImplementation WithWeights(MLParameterKey key, MLMultiArray values) =>
        throw new ArgumentException($"Parameter '{key}' is not a parameter of the model.");

    /// <summary>The same model with other values of the parameters that count for a prediction.</summary>
    public virtual ModelImplementation WithParameters(ParameterTable parameters) => this;

    /// <summary>What the model says of itself, after what it has learnt.</summary>
    /// <param name="description">What the file says.</param>
    public virtual MLModelDescription Describe(MLModelDescription description) => description;

    /// <summary>What differs from the file.</summary>
    public virtual ModelChanges Changes() => ModelChanges.None;

    /// <summary>Refuses output backings, for models that make no arrays or images.</summary>
    /// <exception cref="MLFeatureException">There are some.</exception>
    protected static void RequireNoBackings(MLPredictionOptions? options)
    {
        foreach (string name in options?.OutputBackings.Keys ?? [])
            throw new MLFeatureException(
                $"Output '{name}' takes no backing; only arrays and images that a network makes do.")
            { FeatureName = name };
    }
}
