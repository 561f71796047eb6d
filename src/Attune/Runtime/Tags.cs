using System.Diagnostics;

namespace Attune.Runtime;

/// <summary>Names of what activities and measurements tell beside their values, as OpenTelemetry writes them.</summary>
internal static class Tags
{
    public const string ModelName = "attune.model.name";
    public const string ModelPath = "attune.model.path";
    public const string ModelType = "attune.model.type";
    public const string SampleCount = "attune.sample.count";
    public const string PredictionKind = "attune.prediction.kind";
    public const string TaskIdentifier = "attune.task.id";
    public const string UpdateOutcome = "attune.update.outcome";
    public const string EpochCount = "attune.epoch.count";
    public const string EpochIndex = "attune.epoch.index";
    public const string EpochDuration = "attune.epoch.duration";
    public const string Loss = "attune.loss";
    public const string Accuracy = "attune.accuracy";
    public const string HoldOutLoss = "attune.holdout.loss";
    public const string HoldOutAccuracy = "attune.holdout.accuracy";
    public const string ErrorType = "error.type";

    /// <summary>What every measurement has.</summary>
    /// <param name="model">The model's name; null: it has none.</param>
    /// <param name="error">Why the work failed; null: it did not.</param>
    public static TagList Of(string? model, Exception? error = null)
    {
        var tags = new TagList();
        if (model is not null)
            tags.Add(ModelName, model);
        if (error is not null)
            tags.Add(ErrorType, error.GetType().FullName);
        return tags;
    }
}
