namespace Attune.Tests.Update;

public class MLUpdateTaskErrorTests
{
    [Fact]
    public void A_model_that_is_not_updatable_is_refused_when_the_task_is_made()
    {
        Attune.Format.Specification.Model model = TestModels.SmallClassifier();
        model.IsUpdatable = false;

        var refusal = Assert.Throws<MLModelNotSupportedException>(
            () => new MLUpdateTask(TestModels.Load(model), TestModels.ClassifierSamples()));

        Assert.Contains("not marked as updatable", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("learningRate", 1.5)]
    [InlineData("learningRate", double.NaN)]
    [InlineData("miniBatchSize", 3)]
    [InlineData("epochs", 0)]
    [InlineData("epochs", 101)]
    public void A_value_outside_of_what_the_file_allows_is_refused(string name, object value)
    {
        var configuration = new MLModelConfiguration { Parameters = { [Key(name)] = value } };

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Make(configuration));

        Assert.Contains($"'{name}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("learningRate", "fast")]
    [InlineData("epochs", 2.5)]
    [InlineData("shuffle", 1)]
    [InlineData("beta1", 0.5)]
    public void A_value_of_another_type_or_of_no_parameter_is_refused_by_name(string name, object value)
    {
        var configuration = new MLModelConfiguration { Parameters = { [Key(name)] = value } };

        var refusal = Assert.ThrowsAny<ArgumentException>(() => Make(configuration));

        Assert.Contains($"'{name}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epochs", null)]
    [InlineData("epochs", 0)]
    [InlineData("miniBatchSize", null)]
    [InlineData("miniBatchSize", -5)]
    public void A_file_without_a_count_of_one_or_more_is_refused_when_the_task_is_made(string name, int? value)
    {
        Attune.Format.Specification.Model model = TestModels.Line();
        Attune.Format.Specification.NetworkUpdateParameters update = model.NeuralNetwork.UpdateParams;
        Attune.Format.Specification.Int64Parameter? count =
            value is { } number ? new() { DefaultValue = number } : null;
        if (name == "epochs")
            update.Epochs = count;
        else
            update.Optimizer.SgdOptimizer.MiniBatchSize = count;

        var refusal = Assert.Throws<MLModelFormatException>(
            () => new MLUpdateTask(TestModels.Load(model), TestModels.LineSamples((1, 2))));

        Assert.StartsWith($"An updatable network takes {name} of 1 or more", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_training_data_fails_the_task()
    {
        MLUpdateContext? completed = null;
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()),
            new MLArrayBatchProvider(Array.Empty<IMLFeatureProvider>()),
            context => completed = context);

        task.Resume();
        await task.Completion;

        Assert.Equal(MLTaskState.Failed, task.State);
        Assert.Contains(
            "no training data", Assert.IsType<ArgumentException>(task.Error).Message, StringComparison.Ordinal);
        Assert.Empty(completed!.Metrics);
        Assert.NotNull(completed.Model);
    }

    [Fact]
    public async Task An_unknown_label_is_named_with_its_sample()
    {
        MLFeatureException error = await Fail(
            TestModels.ClassifierSample(0),
            TestModels.Sample(
                ("image", TestModels.Tensor(new float[36], 1, 6, 6)), ("label", MLFeatureValue.FromString("z"))));

        Assert.Equal("Sample 1: training input 'label' takes one of the model's 3 labels; got 'z'.", error.Message);
        Assert.Equal((1, "label"), (error.SampleIndex, error.FeatureName));
    }

    [Fact]
    public async Task A_missing_feature_is_named_with_its_sample()
    {
        MLFeatureException error = await Fail(
            TestModels.ClassifierSample(0), TestModels.Sample(("label", MLFeatureValue.FromString("a"))));

        Assert.Equal((1, "image", "nothing"), (error.SampleIndex, error.FeatureName, error.Got));
    }

    [Fact]
    public async Task A_wrong_shape_is_told_with_both_shapes()
    {
        MLFeatureException error = await Fail(TestModels.Sample(
            ("image", TestModels.Tensor(new float[25], 1, 5, 5)), ("label", MLFeatureValue.FromString("a"))));

        Assert.Contains("6", error.Expected, StringComparison.Ordinal);
        Assert.Contains("5", error.Got, StringComparison.Ordinal);
        Assert.Equal(0, error.SampleIndex);
    }

    [Fact]
    public async Task What_a_handler_throws_fails_the_task()
    {
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()),
            TestModels.ClassifierSamples(),
            new MLUpdateProgressHandlers(
                MLUpdateProgressEvent.EpochEnd, _ => throw new InvalidTimeZoneException("mine"), _ => { }));

        var error = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => task.RunAsync());

        Assert.Same(error, task.Error);
    }

    [Fact]
    public async Task What_the_completion_handler_throws_reaches_who_waits()
    {
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()),
            TestModels.ClassifierSamples(),
            _ => throw new InvalidTimeZoneException("mine"));

        task.Resume();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => task.Completion);
    }

    [Fact]
    public async Task Cancel_ends_the_task_silently()
    {
        bool completed = false;
        var states = new List<MLTaskState>();
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier(epochs: 100)),
            TestModels.ClassifierSamples(),
            new MLUpdateProgressHandlers(
                MLUpdateProgressEvent.MiniBatchEnd,
                context =>
                {
                    context.Task.Cancel();
                    states.Add(context.Task.State);
                },
                _ => completed = true));

        task.Resume();
        await task.Completion;

        Assert.Equal([MLTaskState.Cancelling], states);
        Assert.Equal(MLTaskState.Failed, task.State);
        Assert.IsType<OperationCanceledException>(task.Error);
        Assert.False(completed);
    }

    [Fact]
    public async Task RunAsync_throws_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier(epochs: 100)),
            TestModels.ClassifierSamples(),
            new MLUpdateProgressHandlers(MLUpdateProgressEvent.MiniBatchEnd, _ => source.Cancel(), _ => { }));

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => task.RunAsync(null, source.Token));

        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_keeps_the_task_from_starting()
    {
        bool started = false;
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()),
            TestModels.ClassifierSamples(),
            new MLUpdateProgressHandlers(MLUpdateProgressEvent.TrainingBegin, _ => started = true, _ => { }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => task.RunAsync(null, new CancellationToken(canceled: true)));

        Assert.False(started);
        Assert.Equal(MLTaskState.Failed, task.State);
    }

    private static async Task<MLFeatureException> Fail(params IMLFeatureProvider[] samples)
    {
        var task = new MLUpdateTask(TestModels.Load(TestModels.SmallClassifier()), new MLArrayBatchProvider(samples));
        var thrown = await Assert.ThrowsAsync<MLFeatureException>(() => task.RunAsync());
        Assert.Same(thrown, task.Error);
        return thrown;
    }

    private static MLUpdateTask Make(MLModelConfiguration configuration) =>
        new(TestModels.Load(TestModels.SmallClassifier()), TestModels.ClassifierSamples(), configuration);

    private static MLParameterKey Key(string name) => name switch
    {
        "learningRate" => MLParameterKey.LearningRate,
        "miniBatchSize" => MLParameterKey.MiniBatchSize,
        "epochs" => MLParameterKey.Epochs,
        "shuffle" => MLParameterKey.Shuffle,
        _ => MLParameterKey.Beta1,
    };
}
