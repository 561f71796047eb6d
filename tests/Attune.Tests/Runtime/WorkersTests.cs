using Attune.Runtime;

namespace Attune.Tests.Runtime;

public class WorkersTests
{
    private struct CountingJob : IJob
    {
        public int[] Runs;

        public readonly void Run(int chunk) => Interlocked.Increment(ref Runs[chunk]);
    }

    private struct FailingJob : IJob
    {
        public readonly void Run(int chunk)
        {
            if (chunk == 3)
                throw new InvalidOperationException("chunk three");
        }
    }

    private struct NestingJob : IJob
    {
        public int[] Runs;

        public readonly void Run(int chunk)
        {
            var inner = new CountingJob { Runs = Runs };
            Workers.For(4).Run(ref inner, Runs.Length);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(2, 1000)]
    [InlineData(8, 3)]
    [InlineData(8, 1000)]
    public void Every_chunk_runs_once(int threads, int chunks)
    {
        var job = new CountingJob { Runs = new int[chunks] };

        for (int round = 0; round < 20; round++)
            Workers.For(threads).Run(ref job, chunks);

        Assert.All(job.Runs, runs => Assert.Equal(20, runs));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_exception_of_a_chunk_reaches_the_caller(int threads)
    {
        var job = new FailingJob();

        var thrown = Assert.Throws<InvalidOperationException>(() => Workers.For(threads).Run(ref job, 10));

        Assert.Equal("chunk three", thrown.Message);
        var next = new CountingJob { Runs = new int[10] };
        Workers.For(threads).Run(ref next, 10);
        Assert.All(next.Runs, runs => Assert.Equal(1, runs));
    }

    [Fact]
    public void A_chunk_may_run_a_job_itself()
    {
        var job = new NestingJob { Runs = new int[7] };

        Workers.For(4).Run(ref job, 5);

        Assert.All(job.Runs, runs => Assert.Equal(5, runs));
    }

    [Fact]
    public async Task Several_callers_at_once_do_not_disturb_each_other()
    {
        Task[] callers = new Task[4];
        for (int i = 0; i < callers.Length; i++)
            callers[i] = BackgroundWork.Start(RunMany, $"caller {i}");

        await Task.WhenAll(callers);

        static void RunMany()
        {
            var job = new CountingJob { Runs = new int[50] };
            for (int round = 0; round < 200; round++)
                Workers.For(2).Run(ref job, 50);
            Assert.All(job.Runs, runs => Assert.Equal(200, runs));
        }
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        var job = new CountingJob { Runs = new int[64] };
        Workers workers = Workers.For(2);

        Assert.Equal(0, Allocations.Of(() => workers.Run(ref job, 64)));
    }

    [Fact]
    public void Instances_are_shared_per_number_of_threads()
    {
        Assert.Same(Workers.For(3), Workers.For(3));
        Assert.Same(Workers.Single, Workers.For(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Workers.For(0));
    }
}
