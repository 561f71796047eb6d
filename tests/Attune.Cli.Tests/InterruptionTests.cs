namespace Attune.Cli.Tests;

/// <summary>Ctrl-C, and worse.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task Control_C_stops_an_update_and_writes_the_best_epoch()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows sends no such signal to a single process.");
        string mine = folder.Place("Mine.mlmodel"), checkpoint = folder.Place("mine.checkpoint");
        // Varied images take their time.
        string[] options = ["--epochs", "100", "--augment", "rotation,shift,noise=4", "--resume", checkpoint];
        using var child = new Child(Update(mine, options));

        await child.WaitForLineAsync("epoch 2/100");
        child.Interrupt();
        Ran ran = await child.EndAsync();

        Assert.Equal(130, ran.ExitCode);
        ran.Shows("Stopped after ");
        ran.Tells("Stopping at the next mini-batch; another Ctrl-C ends at once.");
        ran.Tells($"The same command goes on from '{checkpoint}'.");
        Assert.True(File.Exists(checkpoint));
        await Ran.Done("predict", mine, Path.Combine(Models.DigitImages, "7_4.png"));
    }

    [Fact]
    public async Task A_killed_update_of_varied_images_goes_on_and_ends_with_the_same_bits()
    {
        string whole = folder.Place("Whole.mlmodel"), mine = folder.Place("Mine.mlmodel");
        string checkpoint = folder.Place("mine.checkpoint");
        string[] options = ["--epochs", "60", "--augment", "rotation,shift,noise=4", "--holdout", "0.2"];
        await Ran.Done(Update(whole, options));
        using (var child = new Child(Update(mine, [.. options, "--resume", checkpoint])))
        {
            await child.WaitForLineAsync("epoch 3/60");
            child.Kill();
            await child.EndAsync();
        }
        Assert.True(File.Exists(checkpoint));
        Assert.False(File.Exists(mine));

        Ran ran = await Ran.Done(Update(mine, [.. options, "--resume", checkpoint]));

        Assert.DoesNotContain("epoch 1/60", ran.Error, StringComparison.Ordinal);
        ran.Shows("Trained after 60 epochs");
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(mine));
    }

    [Fact]
    public void The_second_signal_ends_the_process_at_once()
    {
        var exits = new List<int>();
        int told = 0;
        using var interruption = new Interruption(exits.Add)
        {
            Patience = TimeSpan.FromHours(1), Stopping = () => told++,
        };

        interruption.Signal();
        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.Empty(exits);
        interruption.Signal();

        Assert.Equal([130], exits);
        Assert.Equal(1, told);
    }

    [Fact]
    public void Two_signals_at_the_same_moment_are_a_first_and_a_second_one()
    {
        var exits = new List<int>();
        int told = 0;
        using var interruption = new Interruption(exits.Add) { Patience = TimeSpan.FromHours(1) };
        interruption.Stopping = () =>
        {
            // The other one comes before the first has been dealt with.
            if (++told < 3)
                interruption.Signal();
        };

        interruption.Signal();

        Assert.Equal(1, told);
        Assert.Equal([130], exits);
    }

    [Fact]
    public async Task Work_that_does_not_listen_is_ended()
    {
        var ended = new TaskCompletionSource<int>();
        using var interruption = new Interruption(code => ended.TrySetResult(code))
        {
            Patience = TimeSpan.FromMilliseconds(1),
        };

        interruption.Signal();

        Assert.Equal(130, await ended.Task.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    private string[] Update(string mine, params string[] options) =>
        ["update", Models.Digits().Save(folder), "--data", Models.DigitImages, "--out", mine, .. options];
}
