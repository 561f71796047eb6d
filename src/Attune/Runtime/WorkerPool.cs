using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Attune.Runtime;

/// <summary>
/// The threads of the process that help <see cref="Workers"/>. One caller at a time is served. A helper joins a job
/// under the lock and leaves it under the lock, so that a late riser can never touch a job that is over; between jobs
/// it spins for a moment, since the next layer usually comes within microseconds, and then sleeps.
/// </summary>
internal sealed unsafe class WorkerPool
{
    public static readonly WorkerPool Shared = new();

    private const long SpinMicroseconds = 40;

    private readonly object gate = new();
    private readonly int mostHelpers = Math.Max(Environment.ProcessorCount - 1, 1);
    private int helpers;
    private int sleeping;
    private int entered;

    // The job at hand. Written under the lock while no helper is running; `wanted` is also watched by spinning helpers.
    private delegate*<void*, int, void> body;
    private void* job;
    private int threads;
    private int running;

    // Chunks not yet taken: the first of them in the lower half, the end in the upper half.
    private long open;
    private volatile int wanted;
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

    private void Publish(delegate*<void*, int, void> newBody, void* newJob, int newChunks, int newWanted)
    {
        lock (gate)
        {
            body = newBody;
            job = newJob;
            threads = newWanted + 1;
            Volatile.Write(ref open, (long)newChunks << 32);
            while (helpers < newWanted)
                StartHelper();
            wanted = newWanted;
            if (sleeping > 0)
                Monitor.PulseAll(gate);
        }
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
        lock (gate)
            wanted = 0;
        for (long end = Stopwatch.GetTimestamp() + Ticks(SpinMicroseconds); Stopwatch.GetTimestamp() < end;)
        {
            if (Volatile.Read(ref running) == 0)
                break;
            Spin();
        }
        lock (gate)
            while (running > 0)
                Monitor.Wait(gate);
    }

    private void Help()
    {
        while (true)
        {
            SpinUntilWanted();
            lock (gate)
            {
                while (wanted == 0)
                {
                    sleeping++;
                    Monitor.Wait(gate);
                    sleeping--;
                }
                wanted--;
                running++;
            }
            RunChunks(fromFront: false);
            lock (gate)
                if (--running == 0)
                    Monitor.PulseAll(gate);
        }
    }

    private void SpinUntilWanted()
    {
        for (long end = Stopwatch.GetTimestamp() + Ticks(SpinMicroseconds); Stopwatch.GetTimestamp() < end;)
        {
            if (wanted > 0)
                return;
            Spin();
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
