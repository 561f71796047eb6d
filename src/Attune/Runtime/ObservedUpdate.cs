using System.Diagnostics;

namespace Attune.Runtime;

/// <summary>One update from its begin to its end, for those who observe it. Used by the thread that trains.</summary>
internal sealed class ObservedUpdate
{
    private readonly string task;
    private readonly string? model;
    private readonly Activity? activity;
    private readonly long started = Stopwatch.GetTimestamp();
    private long epochStarted;
    private int epochs;
    private long samples;

    /// <param name="task">The task's identifier.</param>
    /// <param name="model">The model's name; null: it has none.</param>
    /// <param name="type">The model's type.</param>
    public ObservedUpdate(string task, string? model, string type)
    {
        this.task = task;
        this.model = model;
        epochStarted = started;
        activity = Tracing.Source.StartActivity("attune.update");
        activity?.SetTag(Tags.TaskIdentifier, task);
        activity?.SetTag(Tags.ModelName, model);
        activity?.SetTag(Tags.ModelType, type);
        Events.Log.UpdateBegun(model ?? "", task);
    }

    public void Learned(int count)
    {
        samples += count;
        if (Measurements.SamplesTrained.Enabled)
            Measurements.SamplesTrained.Add(count, Tags.Of(model));
    }

    /// <summary>Time that went by since then is that of the program's handlers, and no epoch's.</summary>
    public void LeaveOut(long since) => epochStarted += Stopwatch.GetTimestamp() - since;

    public void EpochEnded(EpochFacts epoch)
    {
        double seconds = Stopwatch.GetElapsedTime(epochStarted).TotalSeconds;
        epochStarted = Stopwatch.GetTimestamp();
        epochs++;
        Measurements.EpochDuration.Record(seconds, Tags.Of(model));
        Measurements.Loss.Record(epoch.Loss, Tags.Of(model));
        Events.Log.EpochEnded(model ?? "", task, epoch.Index, epoch.Loss, seconds);
        if (activity is { IsAllDataRequested: true })
            activity.AddEvent(new ActivityEvent("attune.epoch", tags: epoch.Tags(seconds)));
    }

    /// <param name="wasCancelled">Whether somebody stopped it.</param>
    /// <param name="error">Why it has not completed; null: it has.</param>
    public void End(bool wasCancelled, Exception? error)
    {
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        string outcome = wasCancelled ? "cancelled" : error is null ? "completed" : "failed";
        TagList tags = Tags.Of(model, wasCancelled ? null : error);
        tags.Add(Tags.UpdateOutcome, outcome);
        Measurements.Updates.Add(1, tags);
        Measurements.UpdateDuration.Record(seconds, tags);
        if (wasCancelled)
            Events.Log.UpdateCancelled(model ?? "", task, epochs, samples, seconds);
        else if (error is null)
            Events.Log.UpdateCompleted(model ?? "", task, epochs, samples, seconds);
        else
            Events.Log.UpdateFailed(model ?? "", task, error.GetType().FullName!, error.Message);
        if (activity is null)
            return;
        activity.SetTag(Tags.UpdateOutcome, outcome);
        activity.SetTag(Tags.EpochCount, epochs);
        activity.SetTag(Tags.SampleCount, samples);
        if (error is not null && !wasCancelled)
            activity.Fail(error);
        activity.Dispose();
    }
}
