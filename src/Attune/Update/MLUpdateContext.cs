namespace Attune;

/// <summary>
/// What a handler learns: a snapshot of the update at one event, which stays as it is after the handler has returned.
/// Core ML's <c>MLUpdateContext</c>.
/// </summary>
public sealed class MLUpdateContext
{
    internal MLUpdateContext(
        MLUpdateTask task,
        MLModel model,
        MLUpdateProgressEvent progressEvent,
        IReadOnlyDictionary<MLMetricKey, object> metrics,
        IReadOnlyDictionary<MLParameterKey, object> parameters)
    {
        Task = task;
        Model = model;
        Event = progressEvent;
        Metrics = metrics;
        Parameters = parameters;
    }

    /// <summary>The task that trains.</summary>
    public MLUpdateTask Task { get; }

    /// <summary>
    /// The model as it is at this event: it predicts, can be written and updated again. Never null; after a failure it
    /// is the model that the task started from.
    /// </summary>
    public MLModel Model { get; }

    /// <summary>What happened; <see cref="MLUpdateProgressEvent.None"/> for the completion handler.</summary>
    public MLUpdateProgressEvent Event { get; }

    /// <summary>
    /// <see cref="MLMetricKey.LossValue"/> (a <see cref="double"/>), <see cref="MLMetricKey.EpochIndex"/> and
    /// <see cref="MLMetricKey.MiniBatchIndex"/> (a <see cref="long"/>, from 0), as far as the event has them: none when
    /// training begins or after a failure; the loss of the last epoch at completion.
    /// </summary>
    public IReadOnlyDictionary<MLMetricKey, object> Metrics { get; }

    /// <summary>Every hyper-parameter of the model with the value that is in force.</summary>
    public IReadOnlyDictionary<MLParameterKey, object> Parameters { get; }
}
