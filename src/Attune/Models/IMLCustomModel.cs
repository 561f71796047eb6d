namespace Attune;

/// <summary>
/// A model, or a stage of a pipeline, that the application computes itself. Register what makes it in
/// <see cref="MLModelConfiguration.CustomModels"/>. Core ML's <c>MLCustomModel</c>.
/// </summary>
/// <remarks>One object serves all predictions of a loaded model, from many threads at the same time.</remarks>
public interface IMLCustomModel
{
    /// <summary>One prediction.</summary>
    /// <param name="input">A value for every input that is not optional, each checked against the description.</param>
    /// <param name="options">What the caller asked for. Output backings may be used; they need not be.</param>
    /// <returns>A value for every output that is not optional, as the description says; others are ignored. Anything
    /// else becomes an <see cref="MLFeatureException"/> that names this model and the output.</returns>
    /// <remarks>An <see cref="MLFeatureException"/>, <see cref="MLModelNotSupportedException"/> or
    /// <see cref="OperationCanceledException"/> reaches the caller as it is; any other exception inside of an
    /// <see cref="InvalidOperationException"/> that names this model.</remarks>
    IMLFeatureProvider Prediction(IMLFeatureProvider input, MLPredictionOptions options);

    /// <summary>A prediction for every member of a batch; unless implemented, one after the other.</summary>
    /// <param name="batch">The inputs, checked like those of <see cref="Prediction"/>.</param>
    /// <param name="options">The defaults.</param>
    /// <returns>As many outputs, in the same order.</returns>
    IMLBatchProvider Predictions(IMLBatchProvider batch, MLPredictionOptions options)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new MLArrayBatchProvider(
            Enumerable.Range(0, batch.Count).Select(i => Prediction(batch.GetFeatures(i), options)));
    }
}
