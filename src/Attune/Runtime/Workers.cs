using System.Runtime.CompilerServices;

namespace Attune.Runtime;

/// <summary>
/// Runs the chunks of a job on up to <see cref="Threads"/> threads, the caller among them. Beneath all instances lies
/// one pool of the process, which never has more threads than processors. Which thread runs which chunk is left to
/// chance; jobs are written so that their results do not depend on it.
/// </summary>
internal sealed class Workers
{
    private static readonly Dictionary<int, Workers> Cache = [];

    /// <summary>Runs everything on the caller.</summary>
    public static Workers Single { get; } = For(1);

    private Workers(int threads) => Threads = threads;

    public int Threads { get; }

    /// <summary>Workers for a number of threads; on a browser, which has one thread, the number is ignored.</summary>
    public static Workers For(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        int count = OperatingSystem.IsBrowser() ? 1 : threads;
        lock (Cache)
            return Cache.TryGetValue(count, out Workers? known) ? known : Cache[count] = new Workers(count);
    }

    /// <summary>
    /// Runs chunks 0 to <paramref name="chunks"/> - 1 and returns when all are done. When the pool is at work for
    /// somebody else, or for the chunk that calls this, the caller runs everything itself. The first exception of a
    /// chunk is thrown again here; chunks not yet begun are then left out.
    /// </summary>
    public void Run<TJob>(ref TJob job, int chunks) where TJob : struct, IJob
    {
        if (Threads > 1 && chunks > 1 && WorkerPool.Shared.TryEnter())
        {
            RunShared(ref job, chunks);
            return;
        }
        for (int chunk = 0; chunk < chunks; chunk++)
            job.Run(chunk);
    }

    private unsafe void RunShared<TJob>(ref TJob job, int chunks) where TJob : struct, IJob
    {
        // A copy on this thread's stack does not move while the other threads hold its address, and this method
        // returns only after they have let go of it; references inside it are seen by the collector here.
        TJob here = job;
        try
        {
            WorkerPool.Shared.Run(&RunChunk<TJob>, Unsafe.AsPointer(ref here), chunks, Threads - 1);
        }
        finally
        {
            WorkerPool.Shared.Leave();
        }
        job = here;
    }

    private static unsafe void RunChunk<TJob>(void* job, int chunk) where TJob : struct, IJob =>
        Unsafe.AsRef<TJob>(job).Run(chunk);
}
