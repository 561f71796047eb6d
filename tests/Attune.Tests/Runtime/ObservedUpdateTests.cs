using System.Diagnostics;
using System.Diagnostics.Tracing;

namespace Attune.Tests.Runtime;

[Collection(nameof(Observing))]
public sealed class ObservedUpdateTests
{
    private const string Name = "attune.model.name=shapes";

    private static MLModel Classifier => TestModels.Load(
        TestModels.SmallClassifier(epochs: 2), new MLModelConfiguration { ModelDisplayName = "shapes" });

    [Fact]
    public async Task An_update_is_an_activity_with_an_event_for_each_epoch()
    {
        MLModel model = Classifier;
        using var seen = new Observer();
        using var request = new Activity("request").Start();
        var task = new MLUpdateTask(model, TestModels.ClassifierSamples());

        MLUpdateContext context = await task.RunAsync();

        Activity activity = Assert.Single(seen.Activities);
        Assert.Equal("attune.update", activity.OperationName);
        Assert.Equal(request.SpanId, activity.ParentSpanId);
        Assert.Equal(
            "attune.epoch.count=2 attune.model.name=shapes attune.model.type=NeuralNetworkClassifier "
            + $"attune.sample.count=10 attune.task.id={task.TaskIdentifier} attune.update.outcome=completed",
            Observer.Text(activity.TagObjects)); // 2 epochs of 5 samples
        ActivityEvent[] epochs = [.. activity.Events];
        Assert.Equal(["attune.epoch", "attune.epoch"], epochs.Select(epoch => epoch.Name));
        Assert.Equal([0L, 1L], epochs.Select(epoch => Tag(epoch, "attune.epoch.index")));
        Assert.Equal(context.Metrics[MLMetricKey.LossValue], Tag(epochs[1], "attune.loss"));
        Assert.Equal(context.Metrics[MLMetricKey.Accuracy], Tag(epochs[1], "attune.accuracy"));
        Assert.Null(Tag(epochs[1], "attune.holdout.loss"));
    }

    [Fact]
    public async Task Updates_epochs_and_samples_are_measured()
    {
        MLModel model = Classifier;
        using var seen = new Observer();

        MLUpdateContext context = await new MLUpdateTask(model, TestModels.ClassifierSamples()).RunAsync();

        Assert.Equal(
            [new("attune.updates", 1, Name + " attune.update.outcome=completed")], seen.Of("attune.updates"));
        Assert.Equal(Name + " attune.update.outcome=completed", Assert.Single(seen.Of("attune.update.duration")).Tags);
        Assert.Equal([2, 2, 1, 2, 2, 1], seen.Of("attune.samples.trained").Select(one => one.Value)); // mini-batches
        Assert.Equal(
            context.Metrics[MLMetricKey.LossValue], seen.Of("attune.loss").Last().Value);
        Assert.Equal(2, seen.Of("attune.epoch.duration").Count());
        Assert.All(
            seen.Measurements, one => Assert.StartsWith(Name, one.Tags, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_update_tells_its_events_as_sentences()
    {
        MLModel model = Classifier;
        using var seen = new Observer();
        var task = new MLUpdateTask(model, TestModels.ClassifierSamples());

        await task.RunAsync();

        Assert.Equal(
            ["UpdateBegun", "EpochEnded", "EpochEnded", "UpdateCompleted"], seen.Events.Select(one => one.EventName));
        Assert.All(seen.Events, one => Assert.Equal(EventLevel.Informational, one.Level));
        Assert.All(seen.Events, one => Assert.Equal(["shapes", task.TaskIdentifier], one.Payload!.Take(2)));
        Assert.Equal(
            $"Update {task.TaskIdentifier} of model 'shapes' has begun.",
            string.Format(null, seen.Events[0].Message!, [.. seen.Events[0].Payload!]));
        Assert.Equal([2, 10L], seen.Events[3].Payload!.Skip(2).Take(2));
    }

    [Fact]
    public async Task An_update_that_fails_says_why()
    {
        MLModel model = Classifier;
        using var seen = new Observer();
        var task = new MLUpdateTask(model, new MLArrayBatchProvider([]));

        task.Resume();
        await task.Completion;

        Activity activity = Assert.Single(seen.Activities);
        Assert.Equal((ActivityStatusCode.Error, task.Error!.Message), (activity.Status, activity.StatusDescription));
        Assert.Equal("failed", activity.GetTagItem("attune.update.outcome"));
        Assert.Equal(
            Name + " attune.update.outcome=failed error.type=System.ArgumentException",
            Assert.Single(seen.Of("attune.updates")).Tags);
        Assert.Equal(("UpdateFailed", EventLevel.Error), (seen.Events[^1].EventName, seen.Events[^1].Level));
        Assert.Equal(task.Error.Message, seen.Events[^1].Payload![3]);
    }

    [Fact]
    public async Task A_cancelled_update_is_no_error()
    {
        MLModel model = Classifier;
        using var seen = new Observer();
        var task = new MLUpdateTask(
            model,
            TestModels.ClassifierSamples(),
            new MLUpdateProgressHandlers(MLUpdateProgressEvent.EpochEnd, context => context.Task.Cancel(), _ => { }));

        task.Resume();
        await task.Completion;

        Activity activity = Assert.Single(seen.Activities);
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Assert.Equal("cancelled", activity.GetTagItem("attune.update.outcome"));
        Assert.Equal(1, activity.GetTagItem("attune.epoch.count"));
        Assert.Equal(Name + " attune.update.outcome=cancelled", Assert.Single(seen.Of("attune.updates")).Tags);
        Assert.Equal(("UpdateCancelled", EventLevel.Warning), (seen.Events[^1].EventName, seen.Events[^1].Level));
    }

    [Fact]
    public async Task What_handlers_do_belongs_to_the_update_and_is_no_epochs_time()
    {
        MLModel model = Classifier;
        TimeSpan pause = TimeSpan.FromMilliseconds(300);
        void Handle(MLUpdateContext context)
        {
            context.Model.Prediction(TestModels.ClassifierSample(0));
            Thread.Sleep(pause);
        }
        using var seen = new Observer();

        await new MLUpdateTask(
            model,
            TestModels.ClassifierSamples(),
            new MLUpdateProgressHandlers(
                MLUpdateProgressEvent.TrainingBegin | MLUpdateProgressEvent.EpochEnd, Handle, _ => { })).RunAsync();

        Activity update = Assert.Single(seen.Activities, one => one.OperationName == "attune.update");
        Activity[] predictions = [.. seen.Activities.Where(one => one.OperationName == "attune.prediction")];
        Assert.Equal(3, predictions.Length);
        Assert.All(predictions, one => Assert.Equal(update.SpanId, one.ParentSpanId));
        Assert.InRange(update.Duration, 3 * pause, TimeSpan.MaxValue);
        double epochs = seen.Of("attune.epoch.duration").Sum(one => one.Value);
        Assert.InRange(epochs, 0, update.Duration.TotalSeconds - 3 * pause.TotalSeconds);
    }

    [Fact]
    public async Task Held_out_samples_are_told_with_each_epoch()
    {
        MLModel model = Classifier;
        using var seen = new Observer();
        var configuration = new MLModelConfiguration
        {
            ModelDisplayName = "held",
            UpdateOptions = new MLUpdateOptions { HoldOut = TestModels.ClassifierSamples() },
        };

        await new MLUpdateTask(model, TestModels.ClassifierSamples(), configuration).RunAsync();

        Activity activity = Assert.Single(seen.Activities);
        Assert.Equal("held", activity.GetTagItem("attune.model.name"));
        Assert.All(activity.Events, epoch =>
        {
            Assert.IsType<double>(Tag(epoch, "attune.holdout.loss"));
            Assert.IsType<double>(Tag(epoch, "attune.holdout.accuracy"));
        });
    }

    [Fact]
    public async Task Nearest_neighbours_at_the_end_of_a_pipeline_learn_samples_without_epochs()
    {
        MLModel model = TestModels.Load(NeighborModels.Doubled(("a", [0, 0])));
        using var seen = new Observer();

        await new MLUpdateTask(model, NeighborModels.Samples(("a", [1, 0]), ("b", [5, 5]))).RunAsync();

        Activity activity = Assert.Single(seen.Activities);
        Assert.Empty(activity.Events);
        Assert.Equal(0, activity.GetTagItem("attune.epoch.count"));
        Assert.Equal(2L, activity.GetTagItem("attune.sample.count"));
        Assert.Equal(2, seen.Of("attune.samples.trained").Sum(one => one.Value));
    }

    private static object? Tag(ActivityEvent happened, string name) =>
        happened.Tags.FirstOrDefault(tag => tag.Key == name).Value;
}
