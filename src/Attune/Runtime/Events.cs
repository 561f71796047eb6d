using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;

namespace Attune.Runtime;

/// <summary>What happens, as sentences for a log. Names and numbers of events stay: others filter by them.</summary>
[EventSource(Name = Tracing.Name)]
[SuppressMessage(
    "Performance", "CA1822", Justification = "Events are methods of an object, whether or not they use it.")]
internal sealed class Events : EventSource
{
    private const string Primitive = "Parameters are strings and numbers, which keep all their members.";

    public static readonly Events Log = new();

    private Events()
    {
    }

    [Event(1, Level = EventLevel.Informational, Keywords = Keywords.Loading,
        Message = "Loaded model '{0}' ({1}) in {3} s from '{2}'.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitive)]
    public void ModelLoaded(string model, string type, string path, double seconds) =>
        WriteEvent(1, model, type, path, seconds);

    [Event(2, Level = EventLevel.Error, Keywords = Keywords.Loading,
        Message = "Could not load model '{0}' from '{1}': {2}: {3}")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitive)]
    public void ModelNotLoaded(string model, string path, string errorType, string error) =>
        WriteEvent(2, model, path, errorType, error);

    [Event(3, Level = EventLevel.Verbose, Keywords = Keywords.Predictions,
        Message = "Model '{0}' predicted for {1} inputs in {2} s.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitive)]
    public void Predicted(string model, int samples, double seconds) => WriteEvent(3, model, samples, seconds);

    [Event(4, Level = EventLevel.Warning, Keywords = Keywords.Predictions,
        Message = "Model '{0}' could not predict: {1}: {2}")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitive)]
    public void NotPredicted(string model, string errorType, string error) => WriteEvent(4, model, errorType, error);

    [Event(5, Level = EventLevel.Informational, Keywords = Keywords.Updates,
        Message = "Update {1} of model '{0}' has begun.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitive)]
    public void UpdateBegun(string model, string task) => WriteEvent(5, model, task);

    [Event(6, Level = EventLevel.Informational, Keywords = Keywords.Updates,
        Message = "Update {1} of model '{0}': epoch {2} has a loss of {3} after {4} s.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitive)]
    public void EpochEnded(string model, string task, long epoch, double loss, double seconds) =>
        WriteEvent(6, model, task, epoch, loss, seconds);

    [Event(7, Level = EventLevel.Informational, Keywords = Keywords.Updates,
        Message = "Update {1} of model '{0}' is complete after {2} epochs, {3} samples and {4} s.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitive)]
    public void UpdateCompleted(string model, string task, int epochs, long samples, double seconds) =>
        WriteEvent(7, model, task, epochs, samples, seconds);

    [Event(8, Level = EventLevel.Warning, Keywords = Keywords.Updates,
        Message = "Update {1} of model '{0}' was cancelled after {2} epochs, {3} samples and {4} s.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitive)]
    public void UpdateCancelled(string model, string task, int epochs, long samples, double seconds) =>
        WriteEvent(8, model, task, epochs, samples, seconds);

    [Event(9, Level = EventLevel.Error, Keywords = Keywords.Updates,
        Message = "Update {1} of model '{0}' has failed: {2}: {3}")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitive)]
    public void UpdateFailed(string model, string task, string errorType, string error) =>
        WriteEvent(9, model, task, errorType, error);

    /// <summary>Parts of the work that a listener can ask for alone.</summary>
    public static class Keywords
    {
        public const EventKeywords Loading = (EventKeywords)1;
        public const EventKeywords Predictions = (EventKeywords)2;
        public const EventKeywords Updates = (EventKeywords)4;
    }
}
