namespace Attune;

/// <summary>
/// Work in the background that begins suspended. Safe to use from any thread. Core ML's <c>MLTask</c>.
/// </summary>
public abstract class MLTask
{
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private protected MLTask()
    {
    }

    /// <summary>A string that no other task has.</summary>
    public string TaskIdentifier { get; } = Guid.NewGuid().ToString();

    /// <summary>What the task is doing.</summary>
    public MLTaskState State
    {
        get
        {
            lock (Gate)
                return field;
        }
        private protected set
        {
            lock (Gate)
                field = value;
        }
    } = MLTaskState.Suspended;

    /// <summary>
    /// Why the task failed; an <see cref="OperationCanceledException"/> after a cancellation; else null.
    /// </summary>
    public Exception? Error
    {
        get
        {
            lock (Gate)
                return field;
        }
        private protected set
        {
            lock (Gate)
                field = value;
        }
    }

    /// <summary>
    /// Ends when the task has ended and its completion handler has returned, whatever became of it: look at
    /// <see cref="State"/> and
    /// <see cref="Error"/>. It fails only with what the completion handler itself throws.
    /// </summary>
    public Task Completion => completion.Task;

    /// <summary>Guards the state; never held while a handler runs.</summary>
    private protected Lock Gate { get; } = new();

    /// <summary>Starts the task, in the background. Of no effect while it runs.</summary>
    /// <exception cref="InvalidOperationException">The task has ended; make a new one.</exception>
    public void Resume()
    {
        lock (Gate)
        {
            if (State is MLTaskState.Completed or MLTaskState.Failed)
                throw new InvalidOperationException(
                    $"Task {TaskIdentifier} has ended ({State}) and cannot be resumed. Make a new task.");
            if (State != MLTaskState.Suspended)
                return;
            State = MLTaskState.Running;
        }
        Start();
    }

    /// <summary>
    /// Asks the task to stop, which it does at the next mini-batch. It ends as <see cref="MLTaskState.Failed"/> with an
    /// <see cref="OperationCanceledException"/>; its completion handler is not called, as in Core ML. Of no effect once
    /// it has ended.
    /// </summary>
    public void Cancel()
    {
        lock (Gate)
        {
            if (State == MLTaskState.Running)
                State = MLTaskState.Cancelling;
            if (State != MLTaskState.Suspended)
                return;
            Error = Cancelled();
            State = MLTaskState.Failed;
        }
        completion.TrySetResult();
    }

    private protected abstract void Start();

    private protected OperationCanceledException Cancelled() => new($"Task {TaskIdentifier} was cancelled.");

    /// <summary>Ends <see cref="Completion"/>.</summary>
    private protected void End(Exception? fromHandler)
    {
        if (fromHandler is null)
            completion.TrySetResult();
        else
            completion.TrySetException(fromHandler);
    }
}
