using System.Collections.Immutable;

namespace Attune.Update;

/// <summary>The metrics of a context, by the event that it tells of.</summary>
internal static class Metrics
{
    public static readonly IReadOnlyDictionary<MLMetricKey, object> None =
        ImmutableDictionary<MLMetricKey, object>.Empty;

    public static IReadOnlyDictionary<MLMetricKey, object> OfMiniBatch(double loss, int epoch, int miniBatch) =>
        new Dictionary<MLMetricKey, object>
        {
            [MLMetricKey.LossValue] = loss,
            [MLMetricKey.EpochIndex] = (long)epoch,
            [MLMetricKey.MiniBatchIndex] = (long)miniBatch,
        };

    public static IReadOnlyDictionary<MLMetricKey, object> OfEpoch(double loss, int epoch) =>
        new Dictionary<MLMetricKey, object>
        {
            [MLMetricKey.LossValue] = loss,
            [MLMetricKey.EpochIndex] = (long)epoch,
        };

    public static IReadOnlyDictionary<MLMetricKey, object> OfCompletion(double loss) =>
        new Dictionary<MLMetricKey, object> { [MLMetricKey.LossValue] = loss };
}
