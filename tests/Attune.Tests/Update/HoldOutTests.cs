using Attune.Update;

namespace Attune.Tests.Update;

public sealed class HoldOutTests
{
    [Fact]
    public async Task Held_out_samples_are_measured_with_the_numbers_of_the_epoch()
    {
        MLArrayBatchProvider heldOut = Samples(3, 4);
        List<MLUpdateContext> epochs = await Epochs(new MLUpdateOptions { HoldOut = heldOut });

        Assert.Equal(3, epochs.Count);
        foreach (MLUpdateContext epoch in epochs)
        {
            MLEvaluation evaluation = epoch.Model.Evaluate(heldOut);
            Assert.Equal(evaluation.Loss, (double)epoch.Metrics[MLMetricKey.HoldOutLossValue], 1e-6);
            Assert.Equal(evaluation.Accuracy, (double)epoch.Metrics[MLMetricKey.HoldOutAccuracy]);
        }
    }

    [Fact]
    public async Task Measuring_does_not_change_what_is_learned()
    {
        MLModel plain = (await Run(new MLUpdateOptions())).Model;
        MLModel measured = (await Run(new MLUpdateOptions { HoldOut = Samples(3, 4) })).Model;

        Assert.Equal(
            TestModels.Numbers(plain, "dense", MLParameterKey.Weights),
            TestModels.Numbers(measured, "dense", MLParameterKey.Weights));
    }

    [Fact]
    public async Task Accuracy_stands_beside_the_loss()
    {
        // At a learning rate of 0 every sample is judged by the model as it was.
        MLEvaluation before = TestModels.Load(TestModels.SmallClassifier()).Evaluate(TestModels.ClassifierSamples());
        MLUpdateContext context = await Run(
            new MLUpdateOptions(),
            new() { [MLParameterKey.Epochs] = 1, [MLParameterKey.LearningRate] = 0.0 });

        Assert.Equal(before.Accuracy, (double)context.Metrics[MLMetricKey.Accuracy]);
        Assert.Equal(before.Loss, (double)context.Metrics[MLMetricKey.LossValue], 1e-6);
        Assert.False(context.Metrics.ContainsKey(MLMetricKey.ResultEpochIndex));
    }

    [Fact]
    public async Task Training_stops_when_the_held_out_loss_does_not_fall_any_more()
    {
        // The held-out labels are wrong, so that learning makes their loss rise from the first epoch on.
        var options = new MLUpdateOptions { HoldOut = Mislabelled(), Patience = 2 };

        List<MLUpdateContext> epochs = await Epochs(options, epochs: 50);

        double[] losses = [.. epochs.Select(epoch => (double)epoch.Metrics[MLMetricKey.HoldOutLossValue])];
        Assert.InRange(losses.Length, 3, 49);
        Assert.Equal(losses.Length - 3, Array.IndexOf(losses, losses.Min()));
    }

    [Fact]
    public async Task The_best_epoch_can_be_the_result()
    {
        List<MLUpdateContext> epochs = [];
        MLUpdateContext completed = await Run(
            new MLUpdateOptions { HoldOut = Mislabelled(), RestoresBest = true },
            new() { [MLParameterKey.Epochs] = 8 },
            epochs);

        double[] losses = [.. epochs.Select(epoch => (double)epoch.Metrics[MLMetricKey.HoldOutLossValue])];
        int best = Array.IndexOf(losses, losses.Min());
        Assert.True(best < 7);
        Assert.Equal((long)best, completed.Metrics[MLMetricKey.ResultEpochIndex]);
        Assert.Equal(
            TestModels.Numbers(epochs[best].Model, "conv", MLParameterKey.Weights),
            TestModels.Numbers(completed.Model, "conv", MLParameterKey.Weights));
    }

    [Fact]
    public async Task A_worse_model_is_not_kept()
    {
        MLModel start = TestModels.Load(TestModels.SmallClassifier());
        MLUpdateContext worse = await Run(
            new MLUpdateOptions { HoldOut = Mislabelled(), KeepsOnlyBetter = true },
            new() { [MLParameterKey.Epochs] = 20 });
        MLUpdateContext better = await Run(
            new MLUpdateOptions { HoldOut = TestModels.ClassifierSamples(), KeepsOnlyBetter = true },
            new() { [MLParameterKey.Epochs] = 20 });

        Assert.Equal(-1L, worse.Metrics[MLMetricKey.ResultEpochIndex]);
        Assert.Equal(
            TestModels.Numbers(start, "dense", MLParameterKey.Weights),
            TestModels.Numbers(worse.Model, "dense", MLParameterKey.Weights));
        Assert.Equal(19L, better.Metrics[MLMetricKey.ResultEpochIndex]);
    }

    [Fact]
    public async Task A_share_of_the_data_is_held_out_by_the_seed()
    {
        MLArrayBatchProvider data = TestModels.ClassifierSamples();

        (BatchSubset kept, BatchSubset taken) = BatchSubset.Split(data, 0.4, seed: 1);
        (_, BatchSubset again) = BatchSubset.Split(data, 0.4, seed: 1);

        Assert.Equal((3, 2), (kept.Count, taken.Count));
        Assert.Same(taken.GetFeatures(0), again.GetFeatures(0));
        Assert.Equal(
            5, Members(kept).Concat(Members(taken)).Distinct(ReferenceEqualityComparer.Instance).Count());

        MLUpdateContext context = await Run(new MLUpdateOptions { HoldOutShare = 0.4 });
        Assert.Equal(2L, context.Metrics[MLMetricKey.ResultEpochIndex]);
    }

    [Fact]
    public void Options_that_take_held_out_samples_are_refused_without()
    {
        foreach (MLUpdateOptions options in new MLUpdateOptions[]
        {
            new() { Patience = 1 },
            new() { RestoresBest = true },
            new() { KeepsOnlyBetter = true },
            new() { HoldOut = Mislabelled(), HoldOutShare = 0.1 },
        })
            Assert.Throws<ArgumentException>(() => Task(options, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLUpdateOptions { HoldOutShare = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLUpdateOptions { Patience = 0 });
    }

    [Fact]
    public async Task Data_that_cannot_be_split_is_an_error()
    {
        var one = new MLArrayBatchProvider([TestModels.ClassifierSample(0)]);
        var task = new MLUpdateTask(TestModels.Load(TestModels.SmallClassifier()), one, new MLModelConfiguration
        {
            UpdateOptions = new() { HoldOutShare = 0.5 },
        });

        await Assert.ThrowsAsync<ArgumentException>(() => task.RunAsync());
    }

    private static async Task<List<MLUpdateContext>> Epochs(MLUpdateOptions options, int epochs = 3)
    {
        List<MLUpdateContext> seen = [];
        await Run(options, new() { [MLParameterKey.Epochs] = epochs }, seen);
        return seen;
    }

    private static Task<MLUpdateContext> Run(
        MLUpdateOptions options,
        Dictionary<MLParameterKey, object>? parameters = null,
        List<MLUpdateContext>? epochs = null) =>
        Task(options, parameters ?? [], epochs).RunAsync();

    private static MLUpdateTask Task(
        MLUpdateOptions options, Dictionary<MLParameterKey, object> parameters, List<MLUpdateContext>? epochs = null)
    {
        var configuration = new MLModelConfiguration { UpdateOptions = options };
        foreach ((MLParameterKey key, object value) in parameters)
            configuration.Parameters[key] = value;
        var handlers = new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.EpochEnd, context => epochs?.Add(context), static _ => { });
        return new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()), TestModels.ClassifierSamples(), configuration, handlers);
    }

    private static IEnumerable<object> Members(BatchSubset batch) =>
        Enumerable.Range(0, batch.Count).Select(batch.GetFeatures);

    private static MLArrayBatchProvider Samples(params int[] indices) =>
        new(indices.Select(TestModels.ClassifierSample));

    /// <summary>The training images, each with a label that no training sample of it has.</summary>
    private static MLArrayBatchProvider Mislabelled() => new(Enumerable.Range(0, 5).Select(index => TestModels.Sample(
        ("image", TestModels.ClassifierSample(index).GetFeatureValue("image")!),
        ("label", MLFeatureValue.FromString(new[] { "b", "a", "c", "c", "b" }[index])))));
}
