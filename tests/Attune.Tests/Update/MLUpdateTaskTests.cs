namespace Attune.Tests.Update;

public class MLUpdateTaskTests
{
    private const MLUpdateProgressEvent AllEvents =
        MLUpdateProgressEvent.TrainingBegin | MLUpdateProgressEvent.EpochEnd | MLUpdateProgressEvent.MiniBatchEnd;

    [Fact]
    public async Task Events_come_in_order_with_the_metrics_that_each_has()
    {
        var seen = new List<string>();
        string Describe(MLUpdateContext context) =>
            $"{context.Event}(" +
            $"{string.Join(' ', context.Metrics.Keys.Select(key => key.Name).Order(StringComparer.Ordinal))})"
            + (context.Metrics.TryGetValue(MLMetricKey.EpochIndex, out object? epoch) ? $" {epoch}" : "")
            + (context.Metrics.TryGetValue(MLMetricKey.MiniBatchIndex, out object? batch) ? $".{batch}" : "");

        await Run(
            TestModels.SmallClassifier(epochs: 2),
            new(AllEvents, context => seen.Add(Describe(context)), context => seen.Add(Describe(context))));

        string[] expected =
        [
            "TrainingBegin()",
            "MiniBatchEnd(accuracy epochIndex lossValue miniBatchIndex) 0.0",
            "MiniBatchEnd(accuracy epochIndex lossValue miniBatchIndex) 0.1",
            "MiniBatchEnd(accuracy epochIndex lossValue miniBatchIndex) 0.2",
            "EpochEnd(accuracy epochIndex lossValue) 0",
            "MiniBatchEnd(accuracy epochIndex lossValue miniBatchIndex) 1.0",
            "MiniBatchEnd(accuracy epochIndex lossValue miniBatchIndex) 1.1",
            "MiniBatchEnd(accuracy epochIndex lossValue miniBatchIndex) 1.2",
            "EpochEnd(accuracy epochIndex lossValue) 1",
            "None(accuracy lossValue)",
        ];
        Assert.Equal(expected, seen);
    }

    [Theory]
    [InlineData(MLUpdateProgressEvent.TrainingBegin, 1)]
    [InlineData(MLUpdateProgressEvent.EpochEnd, 3)]
    [InlineData(MLUpdateProgressEvent.MiniBatchEnd, 9)]
    [InlineData(MLUpdateProgressEvent.None, 0)]
    public async Task Only_the_wanted_events_are_told(MLUpdateProgressEvent wanted, int times)
    {
        int progress = 0, completion = 0;

        await Run(TestModels.SmallClassifier(), new(wanted, _ => progress++, _ => completion++));

        Assert.Equal(times, progress);
        Assert.Equal(1, completion);
    }

    [Fact]
    public async Task Handlers_run_one_at_a_time_away_from_the_caller()
    {
        int caller = Environment.CurrentManagedThreadId;
        var threads = new HashSet<int>();
        void Note(MLUpdateContext context) => threads.Add(Environment.CurrentManagedThreadId);

        await Run(TestModels.SmallClassifier(), new(AllEvents, Note, Note));

        Assert.Single(threads);
        Assert.DoesNotContain(caller, threads);
    }

    [Fact]
    public async Task A_task_is_suspended_then_running_then_completed()
    {
        var states = new List<MLTaskState>();
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()),
            TestModels.ClassifierSamples(),
            new MLUpdateProgressHandlers(
                MLUpdateProgressEvent.TrainingBegin,
                context => states.Add(context.Task.State),
                context => states.Add(context.Task.State)));
        states.Add(task.State);

        task.Resume();
        await task.Completion;

        Assert.Equal([MLTaskState.Suspended, MLTaskState.Running, MLTaskState.Completed], states);
        Assert.Null(task.Error);
        Assert.NotEmpty(task.TaskIdentifier);
        Assert.Contains(
            "cannot be resumed", Assert.Throws<InvalidOperationException>(task.Resume).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_that_a_task_starts_from_stays_as_it_is()
    {
        MLModel model = TestModels.Load(TestModels.SmallClassifier());
        float[] before = TestModels.Numbers(model, "dense", MLParameterKey.Weights);

        MLUpdateContext context = await new MLUpdateTask(model, TestModels.ClassifierSamples()).RunAsync();

        Assert.Equal(before, TestModels.Numbers(model, "dense", MLParameterKey.Weights));
        Assert.NotEqual(before, TestModels.Numbers(context.Model, "dense", MLParameterKey.Weights));
    }

    [Fact]
    public async Task The_model_of_a_context_is_a_snapshot_that_lasts()
    {
        var contexts = new List<MLUpdateContext>();
        var during = new List<float[]>();
        await Run(
            TestModels.SmallClassifier(),
            new(
                AllEvents,
                context =>
                {
                    contexts.Add(context);
                    during.Add(TestModels.Numbers(context.Model, "dense", MLParameterKey.Weights));
                },
                _ => { }));

        for (int i = 0; i < contexts.Count; i++)
            Assert.Equal(during[i], TestModels.Numbers(contexts[i].Model, "dense", MLParameterKey.Weights));
        Assert.NotEqual(during[0], during[^1]);
    }

    [Fact]
    public async Task The_model_of_a_context_predicts_and_is_written_inside_the_handler()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string path = Path.Combine(folder, "Checkpoint.mlmodel");
        IReadOnlyDictionary<object, double> predicted = new Dictionary<object, double>();

        await Run(
            TestModels.SmallClassifier(epochs: 1),
            new(
                MLUpdateProgressEvent.EpochEnd,
                context =>
                {
                    predicted = Predict(context.Model);
                    context.Model.Write(path);
                },
                _ => { }));

        Assert.Equal(3, predicted.Count);
        Assert.Equal(predicted, Predict(MLModel.Load(path)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Parameters_of_a_context_are_those_in_force()
    {
        var configuration = new MLModelConfiguration
        {
            Parameters =
                { [MLParameterKey.Epochs] = 2, [MLParameterKey.LearningRate] = 0.25f, [MLParameterKey.Seed] = 7 },
        };
        IReadOnlyDictionary<MLParameterKey, object> parameters = new Dictionary<MLParameterKey, object>();

        await Run(
            TestModels.SmallClassifier(),
            new(MLUpdateProgressEvent.TrainingBegin, context => parameters = context.Parameters, _ => { }),
            configuration);

        Assert.Equal(2L, parameters[MLParameterKey.Epochs]);
        Assert.Equal(0.25, parameters[MLParameterKey.LearningRate]);
        Assert.Equal(2L, parameters[MLParameterKey.MiniBatchSize]);
        Assert.Equal(0.9, parameters[MLParameterKey.Momentum]);
        Assert.Equal(false, parameters[MLParameterKey.Shuffle]);
        Assert.Equal(7L, parameters[MLParameterKey.Seed]);
    }

    [Fact]
    public async Task A_task_copies_its_configuration()
    {
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.Epochs] = 2 } };
        int epochs = 0;
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()),
            TestModels.ClassifierSamples(),
            configuration,
            new MLUpdateProgressHandlers(MLUpdateProgressEvent.EpochEnd, _ => epochs++, _ => { }));
        configuration.Parameters[MLParameterKey.Epochs] = 9;

        await task.RunAsync();

        Assert.Equal(2, epochs);
    }

    [Fact]
    public async Task A_learning_rate_given_in_a_handler_is_in_force_from_the_next_mini_batch()
    {
        // Three mini-batches of one sample, x = 1, wanted 0; y = 2 + 1 = 3, dw = db = 6 at rate 0.1: w = 1.4, b = 0.4.
        // At rate 0 nothing changes any more.
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.MiniBatchSize] = 1 } };
        var rates = new List<object>();
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.Line()),
            TestModels.LineSamples((1, 0), (1, 0), (1, 0)),
            configuration,
            new MLUpdateProgressHandlers(
                MLUpdateProgressEvent.MiniBatchEnd,
                context =>
                {
                    rates.Add(context.Parameters[MLParameterKey.LearningRate]);
                    context.Task.Resume(new Dictionary<MLParameterKey, object> { [MLParameterKey.LearningRate] = 0.0 });
                },
                _ => { }));

        MLUpdateContext context = await task.RunAsync();

        Assert.Equal([0.1, 0.0, 0.0], rates);
        Assert.Equal(1.4f, TestModels.Numbers(context.Model, "line", MLParameterKey.Weights)[0], 1e-6f);
    }

    [Fact]
    public async Task Weights_can_be_set_in_the_configuration_and_in_a_handler()
    {
        MLParameterKey weights = MLParameterKey.Weights.Scoped("line"), biases = MLParameterKey.Biases.Scoped("line");
        var configuration = new MLModelConfiguration
        {
            Parameters =
            {
                [MLParameterKey.LearningRate] = 0.0,
                [weights] = new MLMultiArray(new float[] { 5 }.AsMemory(), 1, 1),
            },
        };
        float atBegin = 0;
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.Line()),
            TestModels.LineSamples((1, 0)),
            configuration,
            new MLUpdateProgressHandlers(
                MLUpdateProgressEvent.TrainingBegin,
                context =>
                {
                    atBegin = TestModels.Numbers(context.Model, "line", MLParameterKey.Weights)[0];
                    context.Task.Resume(new Dictionary<MLParameterKey, object>
                    {
                        [biases] = new MLMultiArray(new double[] { -3 }.AsMemory(), 1),
                    });
                },
                _ => { }));

        MLUpdateContext context = await task.RunAsync();

        Assert.Equal(5, atBegin);
        Assert.Equal([5f], TestModels.Numbers(context.Model, "line", MLParameterKey.Weights));
        Assert.Equal([-3f], TestModels.Numbers(context.Model, "line", MLParameterKey.Biases));
    }

    [Fact]
    public async Task Weights_of_the_configuration_that_a_model_was_loaded_with_do_not_undo_what_it_learnt()
    {
        var configuration = new MLModelConfiguration
        {
            Parameters =
            {
                [MLParameterKey.Weights.Scoped("line")] = new MLMultiArray(new float[] { 5 }.AsMemory(), 1, 1),
            },
        };
        MLModel model = TestModels.Load(TestModels.Line(), configuration);
        MLModel first = (await new MLUpdateTask(model, TestModels.LineSamples((1, 0))).RunAsync()).Model;
        float learnt = TestModels.Numbers(first, "line", MLParameterKey.Weights)[0];

        float begun = 0;
        var task = new MLUpdateTask(
            first,
            TestModels.LineSamples((1, 0)),
            new MLUpdateProgressHandlers(
                MLUpdateProgressEvent.TrainingBegin,
                context => begun = TestModels.Numbers(context.Model, "line", MLParameterKey.Weights)[0],
                _ => { }));
        await task.RunAsync();

        Assert.NotEqual(5, learnt);
        Assert.Equal(learnt, begun);
    }

    [Fact]
    public async Task The_model_of_a_context_has_the_parameters_in_force()
    {
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.Line()),
            TestModels.LineSamples((1, 0)),
            new MLUpdateProgressHandlers(
                MLUpdateProgressEvent.TrainingBegin,
                context => context.Task.Resume(
                    new Dictionary<MLParameterKey, object> { [MLParameterKey.LearningRate] = 0.25 }),
                _ => { }));

        MLUpdateContext context = await task.RunAsync();

        Assert.Equal(0.25, context.Parameters[MLParameterKey.LearningRate]);
        Assert.Equal(0.25, context.Model.ParameterValue(MLParameterKey.LearningRate));
    }

    [Fact]
    public async Task Resume_with_parameters_before_the_start_sets_any_of_them()
    {
        int epochs = 0;
        var task = new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()),
            TestModels.ClassifierSamples(),
            new MLUpdateProgressHandlers(MLUpdateProgressEvent.EpochEnd, _ => epochs++, _ => { }));

        task.Resume(new Dictionary<MLParameterKey, object> { [MLParameterKey.Epochs] = 5 });
        await task.Completion;

        Assert.Equal(5, epochs);
    }

    [Fact]
    public async Task Other_parameters_are_refused_while_training()
    {
        var errors = new List<string>();
        void Try(MLUpdateContext context, MLParameterKey key, object value) => errors.Add(
            Assert.ThrowsAny<ArgumentException>(
                () => context.Task.Resume(new Dictionary<MLParameterKey, object> { [key] = value })).Message);

        await Run(
            TestModels.SmallClassifier(),
            new(
                MLUpdateProgressEvent.TrainingBegin,
                context =>
                {
                    Try(context, MLParameterKey.Epochs, 3);
                    Try(context, MLParameterKey.LearningRate, 2.0);
                    Try(
                        context,
                        MLParameterKey.Weights.Scoped("nobody"),
                        new MLMultiArray([1], MLMultiArrayDataType.Float32));
                },
                _ => { }));

        Assert.Equal(
            "Parameter 'epochs' cannot change while training; only learningRate, weights and biases can.", errors[0]);
        Assert.Contains("takes 0 to 1; got 2", errors[1], StringComparison.Ordinal);
        Assert.Contains("names no weights or biases that are trained", errors[2], StringComparison.Ordinal);
    }

    private static Task<MLUpdateContext> Run(
        Attune.Format.Specification.Model specification,
        MLUpdateProgressHandlers handlers,
        MLModelConfiguration? configuration = null) =>
        new MLUpdateTask(
            TestModels.Load(specification), TestModels.ClassifierSamples(), configuration, handlers).RunAsync();

    private static IReadOnlyDictionary<object, double> Predict(MLModel model) =>
        model.Prediction(TestModels.ClassifierSample(0)).GetFeatureValue("probabilities")!.DictionaryValue;
}
