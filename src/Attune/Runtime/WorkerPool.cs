using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Attune.Runtime;

/// <summary>
/// The threads of the process that help <see cref="Workers"/>. One caller at a time is served. How many helpers are
/// wanted and how many are at work is one number: who joins takes from the one and adds to the other in one step, so
/// that a late riser can never touch a job that is over. Between jobs a helper spins for a moment, since the next layer
/// usually comes within microseconds, and then sleeps. The lock is for those who sleep alone: a prediction of a small
/// network runs a job every few microseconds, and threads that met at a lock each time would be sent to sleep there.
/// </summary>
internal sealed unsafe class WorkerPool
{
    public static readonly WorkerPool Shared = new();

    private const long SpinMicroseconds = 40;
    private const long OneAtWork = 1L << 32;

    private readonly object gate = new();
    private readonly int mostHelpers = Math.Max(Environment.ProcessorCount - 1, 1);
    private int helpers;
    private int entered;

    // The job at hand. Written while no helper is at work.
    private delegate*<void*, int, void> body;
    private void* job;
    private int threads;

    // Helpers still wanted in the lower half, helpers at work in the upper half.
    private long state;

    // Helpers that sleep, and whether the caller does. Changed under the lock before a last look at the state.
    private int sleeping;
    private int callerSleeps;

    // Chunks not yet taken: the first of them in the lower half, the end in the upper half.
    private long open;
    private Exception? failure;

    /// <summary>Reserves the pool; false when it is taken.</summary>
    public bool TryEnter() => Interlocked.CompareExchange(ref entered, 1, 0) == 0;

    public void Leave() => Volatile.Write(ref entered, 0);

    public void Run(delegate*<void*, int, void> newBody, void* newJob, int newChunks, int mostThreads)
    {
        Publish(newBody, newJob, newChunks, Math.Min(Math.Min(mostThreads, mostHelpers), newChunks - 1));
        RunChunks(fromFront: true);
        Finish();
        if (failure is null)
            return;
        Exception thrown = failure;
        failure = null;
        ExceptionDispatchInfo.Throw(thrown);
    }

    private void Publish(delegate*<void*, int, void> newBody, void* newJob, int newChunks, int wanted)
    {
        body = newBody;
        job = newJob;
        threads = wanted + 1;
        open = (long)newChunks << 32;
        while (helpers < wanted)
            StartHelper();
        Interlocked.Exchange(ref state, wanted);
        if (Volatile.Read(ref sleeping) > 0)
            lock (gate)
                Monitor.PulseAll(gate);
    }

    private void RunChunks(bool fromFront)
    {
        try
        {
            while (Take(fromFront) is { Count: > 0 } taken)
                for (int i = 0; i < taken.Count; i++)
                    body(job, taken.First + i);
        }
        catch (Exception thrown)
        {
            Interlocked.CompareExchange(ref failure, thrown, null);
            Volatile.Write(ref open, 0);
        }
    }

    /// <summary>
    /// Some neighbouring chunks, fewer the fewer there are left. The caller takes them from the front and helpers from
    /// the back, so that a thread finds much of what it made in one job in its own cache in the next.
    /// </summary>
    private (int First, int Count) Take(bool fromFront)
    {
        while (true)
        {
            long seen = Volatile.Read(ref open);
            (int front, int end) = ((int)seen, (int)(seen >> 32));
            if (front >= end)
                return (0, 0);
            int count = Math.Max(1, (end - front) / (4 * threads));
            long left = fromFront ? seen + count : seen - ((long)count << 32);
            if (Interlocked.CompareExchange(ref open, left, seen) == seen)
                return (fromFront ? front : end - count, count);
        }
    }

    /// <summary>Lets nobody join any more and waits for those who did.</summary>
    private void Finish()
    {
        Interlocked.And(ref state, -OneAtWork); // leaves the upper half
        for (long end = Stopwatch.GetTimestamp() + Ticks(SpinMicroseconds); Stopwatch.GetTimestamp() < end;)
        {
            if (Volatile.Read(ref state) == 0)
                return;
            Spin();
        }
        lock (gate)
        {
            Interlocked.Exchange(ref callerSleeps, 1);
            while (Volatile.Read(ref state) != 0)
                Monitor.Wait(gate);
            callerSleeps = 0;
        }
    }

    private void Help()
    {
        while (true)
        {
            WaitUntilWanted();
            if (!TryJoin())
                continue;
            RunChunks(fromFront: false);
            bool isLast = Interlocked.Add(ref state, -OneAtWork) == 0;
            if (isLast && Volatile.Read(ref callerSleeps) != 0)
                lock (gate)
                    Monitor.PulseAll(gate);
        }
    }

    private bool TryJoin()
    {
        long seen = Volatile.Read(ref state);
        return (int)seen != 0 && Interlocked.CompareExchange(ref state, seen - 1 + OneAtWork, seen) == seen;
    }

    private void WaitUntilWanted()
    {
        for (long end = Stopwatch.GetTimestamp() + Ticks(SpinMicroseconds); Stopwatch.GetTimestamp() < end;)
        {
            if ((int)Volatile.Read(ref state) != 0)
                return;
            Spin();
        }
        lock (gate)
        {
            Interlocked.Increment(ref sleeping);
            while ((int)Volatile.Read(ref state) == 0)
                Monitor.Wait(gate);
            Interlocked.Decrement(ref sleeping);
        }
    }

    private static long Ticks(long microseconds) => microseconds * Stopwatch.Frequency / 1_000_000;

#pragma warning disable RS0030 // Threads live in this folder.
    private static void Spin() => Thread.SpinWait(8);

    private void StartHelper()
    {
        helpers++;
        new Thread(Help) { IsBackground = true, Name = $"Attune worker {helpers}" }.Start();
    }
#pragma warning restore RS0030
}
