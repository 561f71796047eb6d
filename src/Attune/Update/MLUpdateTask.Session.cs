using System.Diagnostics;
using Attune.Runtime;
using Attune.Update;

namespace Attune;

/// <content>What the training routine asks of the task.</content>
public sealed partial class MLUpdateTask : IUpdateSession
{
    bool IUpdateSession.Wants(MLUpdateProgressEvent happened) =>
        (handlers.ProgressHandler is not null && (handlers.InterestedEvents & happened) != 0)
        || (observers.Length > 0 && happened == MLUpdateProgressEvent.EpochEnd);

    void IUpdateSession.Report(
        MLUpdateProgressEvent happened, MLModel snapshot, IReadOnlyDictionary<MLMetricKey, object> metrics)
    {
        long began = Stopwatch.GetTimestamp();
        var context = new MLUpdateContext(this, snapshot, happened, metrics, routine.Parameters.Values);
        if ((handlers.InterestedEvents & happened) != 0)
            handlers.ProgressHandler?.Invoke(context);
        if (happened == MLUpdateProgressEvent.EpochEnd)
            foreach (IProgress<MLUpdateContext> observer in observers)
                observer.Report(context);
        observed!.LeaveOut(began);
    }

    /// <inheritdoc cref="UpdateRoutine.Best"/>
    internal (MLModel Model, int Epoch)? Best() => routine.Best();

    void IUpdateSession.Learned(int samples) => observed!.Learned(samples);

    void IUpdateSession.EpochEnded(EpochFacts epoch) => observed!.EpochEnded(epoch);

    void IUpdateSession.ThrowIfCancelled()
    {
        if (State == MLTaskState.Cancelling)
            throw Cancelled();
    }

    bool IUpdateSession.TryTakeChange(out KeyValuePair<MLParameterKey, object> change)
    {
        lock (Gate)
            return changes.TryDequeue(out change);
    }
}
