using System.Diagnostics;

namespace Attune.Runtime;

/// <summary>The loading of one model, for those who observe it.</summary>
/// <param name="model">The model's name; null: it has none.</param>
/// <param name="path">Where it comes from; null: from a stream or memory.</param>
internal sealed class ObservedLoad(string? model, string? path)
{
    private readonly Activity? activity = Tracing.Source.StartActivity("attune.load");
    private readonly long started = Stopwatch.GetTimestamp();

    /// <param name="type">The type of the model that was loaded; null: none was.</param>
    /// <param name="error">Why; null if one was.</param>
    public void End(string? type, Exception? error)
    {
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (Measurements.LoadDuration.Enabled)
            Measurements.LoadDuration.Record(seconds, Tags.Of(model, error));
        if (error is null)
            Events.Log.ModelLoaded(model ?? "", type ?? "", path ?? "", seconds);
        else
            Events.Log.ModelNotLoaded(model ?? "", path ?? "", error.GetType().FullName!, error.Message);
        if (activity is null)
            return;
        activity.SetTag(Tags.ModelName, model);
        activity.SetTag(Tags.ModelPath, path);
        activity.SetTag(Tags.ModelType, type);
        if (error is not null)
            activity.Fail(error);
        activity.Dispose();
    }
}
