using System.Diagnostics.Metrics;

namespace Attune.Runtime;

/// <summary>What the library counts and measures. docs/observability.md tells of each.</summary>
internal static class Measurements
{
    private static readonly Meter Meter = new(Tracing.Name);

    public static readonly Histogram<double> LoadDuration = Durations(
        "attune.load.duration", "How long models take to load.", [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]);

    public static readonly Counter<long> Predictions = Meter.CreateCounter<long>(
        "attune.predictions", "{prediction}", "Inputs that were predicted for.");

    public static readonly Histogram<double> PredictionDuration = Durations(
        "attune.prediction.duration",
        "How long calls of Prediction and Predictions take.",
        [0.00001, 0.000025, 0.0001, 0.00025, 0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1, 2.5, 10]);

    public static readonly Counter<long> Updates = Meter.CreateCounter<long>(
        "attune.updates", "{update}", "Updates that have ended.");

    public static readonly Histogram<double> UpdateDuration = Durations(
        "attune.update.duration", "How long updates take.", [0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600]);

    public static readonly Histogram<double> EpochDuration = Durations(
        "attune.epoch.duration", "How long epochs take.", [0.001, 0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900]);

    public static readonly Counter<long> SamplesTrained = Meter.CreateCounter<long>(
        "attune.samples.trained", "{sample}", "Samples that were learned, once for each epoch.");

    public static readonly Gauge<double> Loss = Meter.CreateGauge<double>(
        "attune.loss", "1", "The mean loss of the latest epoch.");

    /// <param name="name">Of the instrument.</param>
    /// <param name="description">What lasts so long.</param>
    /// <param name="bounds">Of the buckets, in seconds: those that collectors would choose are made for requests.
    /// </param>
    private static Histogram<double> Durations(string name, string description, double[] bounds) =>
        Meter.CreateHistogram(
            name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
