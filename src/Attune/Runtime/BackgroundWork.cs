namespace Attune.Runtime;

/// <summary>Work that nobody waits for at once, such as a training run, on a thread of its own.</summary>
internal static class BackgroundWork
{
    /// <summary>
    /// Starts <paramref name="body"/> and returns the task that ends with it: completed, failed with its exception, or
    /// cancelled if that is what it threw. The thread does not keep the process alive. On a browser, which has no other
    /// thread, the body is queued on the one there is.
    /// </summary>
    public static Task Start(Action body, string name)
    {
#pragma warning disable RS0030 // Threads live in this folder.
        if (OperatingSystem.IsBrowser())
            return Task.Run(body);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(body, done)) { IsBackground = true, Name = name };
        thread.Start();
#pragma warning restore RS0030
        return done.Task;
    }

    private static void Run(Action body, TaskCompletionSource done)
    {
        try
        {
            body();
            done.SetResult();
        }
        catch (OperationCanceledException cancelled)
        {
            done.SetCanceled(cancelled.CancellationToken);
        }
        catch (Exception thrown)
        {
            done.SetException(thrown);
        }
    }
}
