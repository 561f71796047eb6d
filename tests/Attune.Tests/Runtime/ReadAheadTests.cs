using Attune.Runtime;

namespace Attune.Tests.Runtime;

public sealed class ReadAheadTests
{
    [Fact]
    public void A_prepared_value_is_made_once_and_before_it_is_taken()
    {
        int made = 0;
        using var seen = new ManualResetEventSlim();
        var values = new ReadAhead<int>(index =>
        {
            Interlocked.Increment(ref made);
            seen.Set();
            return index * index;
        });

        values.Prepare([3, 3]);

        Assert.True(seen.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(9, values.Take(3));
        Assert.Equal(1, made);
        Assert.Equal(9, values.Take(3));
        Assert.Equal(2, made);
    }

    [Fact]
    public void What_failed_is_thrown_where_it_is_taken_and_does_not_stop_the_others()
    {
        var values = new ReadAhead<int>(index => index == 0 ? throw new IOException("gone") : index);

        values.Prepare([0, 1]);

        Assert.Equal(1, values.Take(1));
        Assert.Throws<IOException>(() => values.Take(0));
    }

    [Fact]
    public void What_is_not_asked_for_again_is_dropped()
    {
        int made = 0;
        var values = new ReadAhead<int>(index => Interlocked.Increment(ref made));
        values.Prepare([1]);
        values.Prepare([2]);

        Assert.Equal(2, values.Take(2));
        Assert.Equal(3, values.Take(1));
    }
}
