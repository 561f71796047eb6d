namespace Attune;

/// <summary>
/// The functions that an update calls. They run one at a time, in order, on the task's own thread; training waits for
/// them.
/// Core ML's <c>MLUpdateProgressHandlers</c>.
/// </summary>
public sealed class MLUpdateProgressHandlers
{
    /// <param name="interestedEvents">The events for which <paramref name="progressHandler"/> is called.</param>
    /// <param name="progressHandler">Called for each of them; null for none. An exception that it throws fails the
    /// task.</param>
    /// <param name="completionHandler">Called once when the task has completed or failed; not when it was
    /// cancelled.</param>
    public MLUpdateProgressHandlers(
        MLUpdateProgressEvent interestedEvents,
        Action<MLUpdateContext>? progressHandler,
        Action<MLUpdateContext> completionHandler)
    {
        ArgumentNullException.ThrowIfNull(completionHandler);
        InterestedEvents = interestedEvents;
        ProgressHandler = progressHandler;
        CompletionHandler = completionHandler;
    }

    internal MLUpdateProgressEvent InterestedEvents { get; }

    internal Action<MLUpdateContext>? ProgressHandler { get; }

    internal Action<MLUpdateContext> CompletionHandler { get; }
}
