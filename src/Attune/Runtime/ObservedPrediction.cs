using System.Diagnostics;
using System.Diagnostics.Tracing;

namespace Attune.Runtime;

/// <summary>
/// One call that predicts, for those who observe it. Predictions may take microseconds: while nobody observes them,
/// none of this is made.
/// </summary>
internal readonly struct ObservedPrediction
{
    private readonly string? model;
    private readonly int samples;
    private readonly bool isBatch;
    private readonly Activity? activity;
    private readonly long started;

    /// <param name="model">The model's name; null: it has none.</param>
    /// <param name="samples">How many inputs there are.</param>
    /// <param name="isBatch">Whether they are a batch.</param>
    public ObservedPrediction(string? model, int samples, bool isBatch)
    {
        this.model = model;
        this.samples = samples;
        this.isBatch = isBatch;
        activity = Tracing.Source.StartActivity("attune.prediction");
        started = Stopwatch.GetTimestamp();
    }

    public static bool IsWanted =>
        Tracing.Source.HasListeners()
        || Measurements.PredictionDuration.Enabled
        || Measurements.Predictions.Enabled
        || EventsAreWanted;

    /// <param name="error">Why there are no predictions; null: there are.</param>
    public void End(Exception? error)
    {
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        TagList tags = Tags.Of(model, error);
        tags.Add(Tags.PredictionKind, Kind);
        Measurements.PredictionDuration.Record(seconds, tags);
        if (error is null)
            Measurements.Predictions.Add(samples, tags);
        Tell(error, seconds);
        if (activity is null)
            return;
        foreach (KeyValuePair<string, object?> tag in tags)
            activity.SetTag(tag.Key, tag.Value);
        activity.SetTag(Tags.SampleCount, samples);
        if (error is not null)
            activity.Fail(error);
        activity.Dispose();
    }

    private static bool EventsAreWanted =>
        Events.Log.IsEnabled(EventLevel.Warning, Events.Keywords.Predictions);

    private string Kind => isBatch ? "batch" : "single";

    private void Tell(Exception? error, double seconds)
    {
        if (!EventsAreWanted)
            return;
        if (error is null)
            Events.Log.Predicted(model ?? "", samples, seconds);
        else
            Events.Log.NotPredicted(model ?? "", error.GetType().FullName!, error.Message);
    }
}
