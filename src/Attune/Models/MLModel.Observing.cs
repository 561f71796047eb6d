using Attune.Runtime;

namespace Attune;

/// <content>The same work, told to those who observe it; docs/observability.md says how.</content>
public sealed partial class MLModel
{
    /// <summary>The model's name for observers; null: it has none.</summary>
    internal string? DisplayName => NameOf(origin?.Path, configuration);

    /// <summary>The model's type, as the format calls it.</summary>
    internal string TypeName => $"{Specification.TypeCase}";

    private static string? NameOf(string? path, MLModelConfiguration? configuration) =>
        configuration?.ModelDisplayName
        ?? Path.GetFileNameWithoutExtension(path is null ? null : Path.TrimEndingDirectorySeparator(path));

    private static MLModel Observed(string? path, MLModelConfiguration? configuration, Func<MLModel> load)
    {
        var observed = new ObservedLoad(NameOf(path, configuration), path);
        MLModel model;
        try
        {
            model = load();
        }
        catch (Exception error)
        {
            observed.End(type: null, error);
            throw;
        }
        observed.End(model.TypeName, error: null);
        return model;
    }

    private IMLFeatureProvider PredictObserved(IMLFeatureProvider input, MLPredictionOptions? options)
    {
        var observed = new ObservedPrediction(DisplayName, samples: 1, isBatch: false);
        IMLFeatureProvider output;
        try
        {
            output = Implementation.Predict(input, options);
        }
        catch (Exception error)
        {
            observed.End(error);
            throw;
        }
        observed.End(error: null);
        return output;
    }

    private IMLFeatureProvider[] PredictObserved(IMLBatchProvider batch, int count)
    {
        var observed = new ObservedPrediction(DisplayName, count, isBatch: true);
        IMLFeatureProvider[] outputs;
        try
        {
            outputs = Implementation.PredictBatch(batch, first: 0, count);
        }
        catch (Exception error)
        {
            observed.End(error);
            throw;
        }
        observed.End(error: null);
        return outputs;
    }
}
