using Attune.Tests.Files;

namespace Attune.Tests.Update;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "update.checkpoint");

    public void Dispose() => folder.Dispose();

    /// <summary>Three epochs of three mini-batches: nine places to stop at.</summary>
    public static TheoryData<int, bool> Places()
    {
        var places = new TheoryData<int, bool>();
        for (int place = 1; place < 9; place++)
        {
            places.Add(place, false);
            places.Add(place, true);
        }
        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_update_that_was_stopped_anywhere_ends_with_the_same_bits(int miniBatches, bool adam)
    {
        MLUpdateContext whole = await Make(adam, new MLUpdateOptions()).RunAsync();

        await StopAfter(adam, miniBatches);
        Assert.Equal(miniBatches > 1, System.IO.File.Exists(File));
        MLUpdateContext resumed = await Make(adam, Kept()).RunAsync();

        foreach (string layer in adam ? new[] { "hidden", "out" } : ["conv", "dense"])
            Assert.Equal(
                TestModels.Numbers(whole.Model, layer, MLParameterKey.Weights),
                TestModels.Numbers(resumed.Model, layer, MLParameterKey.Weights));
        Assert.Equal(
            (double)whole.Metrics[MLMetricKey.LossValue], (double)resumed.Metrics[MLMetricKey.LossValue], 1e-12);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_resumed_update_learns_only_what_is_left()
    {
        int events = 0;
        await StopAfter(adam: false, miniBatches: 4);

        await Make(adam: false, Kept(), new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.MiniBatchEnd, _ => events++, static _ => { })).RunAsync();

        // The fourth mini-batch was stopped in its handler, before it was kept.
        Assert.Equal(9 - 3, events);
    }

    [Fact]
    public async Task What_was_held_out_is_remembered()
    {
        var options = new MLUpdateOptions
        {
            HoldOut = TestModels.ClassifierSamples(), RestoresBest = true, KeepsOnlyBetter = true, Patience = 2,
        };
        MLUpdateContext whole = await Make(adam: false, options).RunAsync();

        await StopAfter(adam: false, miniBatches: 7, options);
        MLUpdateContext resumed = await Make(adam: false, Kept(options)).RunAsync();

        Assert.Equal(whole.Metrics[MLMetricKey.ResultEpochIndex], resumed.Metrics[MLMetricKey.ResultEpochIndex]);
        Assert.Equal(
            TestModels.Numbers(whole.Model, "conv", MLParameterKey.Weights),
            TestModels.Numbers(resumed.Model, "conv", MLParameterKey.Weights));
    }

    [Fact]
    public async Task A_learning_rate_that_a_handler_set_stays()
    {
        MLUpdateProgressHandlers Halving() => new(
            MLUpdateProgressEvent.EpochEnd,
            context => context.Task.Resume(new Dictionary<MLParameterKey, object>
            {
                [MLParameterKey.LearningRate] = (double)context.Parameters[MLParameterKey.LearningRate] / 2,
            }),
            static _ => { });
        MLUpdateContext whole = await Make(adam: false, new MLUpdateOptions(), Halving()).RunAsync();

        // Stopped in the first mini-batch after the first epoch's handler.
        int seen = 0;
        var stopping = new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.EpochEnd | MLUpdateProgressEvent.MiniBatchEnd,
            context =>
            {
                if (context.Event == MLUpdateProgressEvent.EpochEnd)
                    Halving().ProgressHandler!(context);
                else if (++seen == 4)
                    context.Task.Cancel();
            },
            static _ => { });
        await Assert.ThrowsAsync<OperationCanceledException>(() => Make(adam: false, Kept(), stopping).RunAsync());
        MLUpdateContext resumed = await Make(adam: false, Kept(), Halving()).RunAsync();

        Assert.Equal(
            TestModels.Numbers(whole.Model, "dense", MLParameterKey.Weights),
            TestModels.Numbers(resumed.Model, "dense", MLParameterKey.Weights));
    }

    [Fact]
    public async Task A_checkpoint_of_another_update_is_refused()
    {
        await StopAfter(adam: false, miniBatches: 4);

        await AssertRefused(Make(adam: true, Kept()), "'optimizer' is Adam instead of Sgd");
        await AssertRefused(
            Make(adam: false, Kept() with { ShuffleFirstEpoch = true }),
            "'ShuffleFirstEpoch' is True instead of False");
    }

    [Fact]
    public async Task Settings_of_the_caller_are_compared_too()
    {
        MLUpdateOptions About(string data) => Kept() with
        {
            Checkpoint = Kept().Checkpoint! with { Settings = new Dictionary<string, string> { ["data"] = data } },
        };
        await StopAfter(adam: false, miniBatches: 4, About("of May"));

        await AssertRefused(Make(adam: false, About("of June")), "'data' is of June instead of of May");
        await AssertRefused(Make(adam: false, Kept()), "'data' is none instead of of May");
        await Make(adam: false, About("of May")).RunAsync();
    }

    [Fact]
    public async Task A_setting_of_the_caller_does_not_hide_one_of_the_update()
    {
        MLUpdateOptions options = Kept() with
        {
            Checkpoint = Kept().Checkpoint! with
            {
                Settings = new Dictionary<string, string> { ["learningRate"] = "mine" },
            },
        };

        await AssertRefused(Make(adam: false, options), "got 'learningRate'");
    }

    [Fact]
    public async Task A_checkpoint_that_has_come_further_is_refused()
    {
        await StopAfter(adam: false, miniBatches: 8); // after two epochs of three, and one of the third

        await AssertRefused(Make(adam: false, Kept(), epochs: 2), "has come to 2 epochs and a part of the next");
        await AssertRefused(Make(adam: false, Kept(), epochs: 1), "this update takes 1.");
        await Make(adam: false, Kept(), epochs: 3).RunAsync();
    }

    [Fact]
    public async Task The_best_epoch_is_known_before_the_next_one_is_learned()
    {
        var options = new MLUpdateOptions { HoldOut = TestModels.ClassifierSamples(), RestoresBest = true };
        await StopAfter(adam: false, miniBatches: 7, options);
        var best = new List<(MLModel Model, int Epoch)?>();

        MLUpdateContext completed = await Make(adam: false, Kept(options), new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.TrainingBegin | MLUpdateProgressEvent.EpochEnd,
            context => best.Add(context.Task.Best()), static _ => { })).RunAsync();

        Assert.Equal(2, best.Count);
        Assert.InRange(best[0]!.Value.Epoch, 0, 1);
        Assert.Equal((int)(long)completed.Metrics[MLMetricKey.ResultEpochIndex], best[1]!.Value.Epoch);
        Assert.Equal(
            TestModels.Numbers(completed.Model, "conv", MLParameterKey.Weights),
            TestModels.Numbers(best[1]!.Value.Model, "conv", MLParameterKey.Weights));
        Assert.Null(completed.Task.Best());
    }

    private static async Task AssertRefused(MLUpdateTask task, string message)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => task.RunAsync());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(-1)]
    public async Task A_damaged_checkpoint_is_refused(int place)
    {
        await StopAfter(adam: false, miniBatches: 4);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[place < 0 ? bytes.Length - 1 : place] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);

        await Assert.ThrowsAsync<MLModelFormatException>(() => Make(adam: false, Kept()).RunAsync());

        System.IO.File.WriteAllBytes(File, bytes[..30]);
        await Assert.ThrowsAsync<MLModelFormatException>(() => Make(adam: false, Kept()).RunAsync());
    }

    [Fact]
    public async Task More_epochs_go_on_from_where_an_update_stopped()
    {
        MLUpdateContext six = await Make(adam: false, new MLUpdateOptions(), epochs: 6).RunAsync();

        await StopAfter(adam: false, miniBatches: 8);
        MLUpdateContext resumed = await Make(adam: false, Kept(), epochs: 6).RunAsync();

        Assert.Equal(
            TestModels.Numbers(six.Model, "dense", MLParameterKey.Weights),
            TestModels.Numbers(resumed.Model, "dense", MLParameterKey.Weights));
    }

    private MLUpdateOptions Kept(MLUpdateOptions? options = null) => (options ?? new MLUpdateOptions()) with
    {
        Checkpoint = options?.Checkpoint ?? new MLCheckpointOptions(File) { MiniBatches = 1 },
    };

    private async Task StopAfter(bool adam, int miniBatches, MLUpdateOptions? options = null)
    {
        int seen = 0;
        var handlers = new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.MiniBatchEnd,
            context =>
            {
                // The process could not have gone on to write its checkpoint.
                if (++seen == miniBatches)
                    throw new IOException("The power is gone.");
            },
            static _ => { });
        await Assert.ThrowsAsync<IOException>(() => Make(adam, Kept(options), handlers).RunAsync());
    }

    private static MLUpdateTask Make(
        bool adam, MLUpdateOptions options, MLUpdateProgressHandlers? handlers = null, int epochs = 3)
    {
        var configuration = new MLModelConfiguration
        {
            UpdateOptions = options,
            Parameters = { [MLParameterKey.Epochs] = epochs, [MLParameterKey.Shuffle] = true },
        };
        return new MLUpdateTask(
            TestModels.Load(adam ? TestModels.SmallRegressor() : TestModels.SmallClassifier()),
            adam ? TestModels.RegressorSamples() : TestModels.ClassifierSamples(),
            configuration,
            handlers ?? new MLUpdateProgressHandlers(MLUpdateProgressEvent.None, null, static _ => { }));
    }
}
