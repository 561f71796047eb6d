namespace Attune;

/// <summary>
/// What happened in an update, and which of it a handler wants to know. Core ML's <c>MLUpdateProgressEvent</c>.
/// </summary>
[Flags]
public enum MLUpdateProgressEvent
{
    /// <summary>Nothing; the event of the completion handler's context.</summary>
    None = 0,

    /// <summary>Training is about to begin. Once.</summary>
    TrainingBegin = 1,

    /// <summary>All mini-batches of an epoch are done.</summary>
    EpochEnd = 2,

    /// <summary>
    /// A mini-batch is done and the parameters are stepped. Asking for it takes a copy of them each time.
    /// </summary>
    MiniBatchEnd = 4,
}
