using Attune.Runtime;

namespace Attune.Tests.Runtime;

public class BackgroundWorkTests
{
    [Fact]
    public async Task The_task_ends_with_the_work()
    {
        int thread = 0;

        await BackgroundWork.Start(() => thread = Environment.CurrentManagedThreadId, "work");

        Assert.NotEqual(0, thread);
    }

    [Fact]
    public async Task Failure_and_cancellation_are_told_apart()
    {
        Task failed = BackgroundWork.Start(() => throw new InvalidOperationException("why"), "work");
        Task cancelled = BackgroundWork.Start(() => throw new OperationCanceledException(), "work");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => failed);
        Assert.Equal("why", thrown.Message);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True(cancelled.IsCanceled);
    }
}
