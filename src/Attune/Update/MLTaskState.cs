namespace Attune;

/// <summary>What a task is doing. Core ML's <c>MLTaskState</c>.</summary>
public enum MLTaskState
{
    /// <summary>Made, and not resumed yet.</summary>
    Suspended = 1,

    /// <summary>Working, or paused in one of its handlers.</summary>
    Running = 2,

    /// <summary>Asked to stop; it does at the next mini-batch.</summary>
    Cancelling = 3,

    /// <summary>Done.</summary>
    Completed = 4,

    /// <summary>Stopped by an error or cancelled; <see cref="MLTask.Error"/> says which.</summary>
    Failed = 5,
}
