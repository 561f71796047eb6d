using System.Collections.Immutable;

namespace Attune.Update;

/// <summary>The metrics of a context, by the event that it tells of.</summary>
internal static class Metrics
{
    public static readonly IReadOnlyDictionary<MLMetricKey, object> None =
        ImmutableDictionary<MLMetricKey, object>.Empty;

    public static IReadOnlyDictionary<MLMetricKey, object> OfMiniBatch(BatchLoss measured, int epoch, int miniBatch)
    {
        Dictionary<MLMetricKey, object> metrics = Of(measured);
        metrics[MLMetricKey.EpochIndex] = (long)epoch;
        metrics[MLMetricKey.MiniBatchIndex] = (long)miniBatch;
        return metrics;
    }

    public static IReadOnlyDictionary<MLMetricKey, object> OfEpoch(BatchLoss measured, int epoch, BatchLoss? heldOut)
    {
        Dictionary<MLMetricKey, object> metrics = Of(measured);
        metrics[MLMetricKey.EpochIndex] = (long)epoch;
        if (heldOut is { } other)
            metrics[MLMetricKey.HoldOutLossValue] = other.Mean;
        if (heldOut?.Accuracy is { } accuracy)
            metrics[MLMetricKey.HoldOutAccuracy] = accuracy;
        return metrics;
    }

    /// <param name="measured">What the last epoch measured.</param>
    /// <param name="chosen">The epoch whose numbers are the result, -1 for none; null if nothing was held out.</param>
    public static IReadOnlyDictionary<MLMetricKey, object> OfCompletion(BatchLoss measured, int? chosen)
    {
        Dictionary<MLMetricKey, object> metrics = Of(measured);
        if (chosen is { } epoch)
            metrics[MLMetricKey.ResultEpochIndex] = (long)epoch;
        return metrics;
    }

    private static Dictionary<MLMetricKey, object> Of(BatchLoss measured)
    {
        var metrics = new Dictionary<MLMetricKey, object> { [MLMetricKey.LossValue] = measured.Mean };
        if (measured.Accuracy is { } accuracy)
            metrics[MLMetricKey.Accuracy] = accuracy;
        return metrics;
    }
}
