using System.Runtime.InteropServices;

namespace Attune.Cli;

/// <summary>
/// What happens on Ctrl-C: the first one asks the work to stop, and the process ends with it; the second one, or the
/// end of the work's patience, ends the process at once. A request to terminate does the same.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action<int> exit;
    private Timer? deadline;
    private int signals;

    /// <param name="exit">Ends the process at once, with an exit code.</param>
    public Interruption(Action<int> exit) => this.exit = exit;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => stopping.Token;

    /// <summary>How long the work may take to end by itself.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Told when the work is asked to stop.</summary>
    public Action? Stopping { get; set; }

    /// <summary>Listens to the signals of this process.</summary>
    public Interruption Listen()
    {
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Signal();
            }));
        return this;
    }

    /// <summary>A signal has come.</summary>
    public void Signal()
    {
        // Each signal comes on a thread of its own, and two may come at the same moment.
        if (Interlocked.Increment(ref signals) > 1)
        {
            exit(Tool.Interrupted);
            return;
        }
        deadline = new Timer(_ => exit(Tool.Interrupted), null, Patience, Timeout.InfiniteTimeSpan);
        Stopping?.Invoke();
        stopping.Cancel();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
        deadline?.Dispose();
        stopping.Dispose();
    }
}
