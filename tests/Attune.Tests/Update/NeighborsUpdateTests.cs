using Attune.Format.Specification;

namespace Attune.Tests.Update;

public sealed class NeighborsUpdateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task New_samples_are_kept_and_new_labels_become_classes()
    {
        MLModel model = TestModels.Load(NeighborModels.Classifier(1, ("a", [0])));

        MLModel learnt = await NeighborModels.Update(model, NeighborModels.Samples(("b", [5]), ("c", [9]), ("b", [6])));

        Assert.Equal(["a", "b", "c"], learnt.ModelDescription.ClassLabels!);
        Assert.Equal(["a", "b", "c", "b"], learnt.NearestNeighbors!.Samples.Select(sample => sample.Label));
        Assert.Equal("b", NeighborModels.LabelOf(learnt, 5.4f));
        Assert.Equal(["a"], model.ModelDescription.ClassLabels!);
        Assert.Equal("a", NeighborModels.LabelOf(model, 5.4f));
    }

    [Theory]
    [InlineData(".mlmodel")]
    [InlineData(".mlpackage")]
    [InlineData(".mlmodelc")]
    public async Task What_was_learnt_is_saved_loaded_and_continued(string extension)
    {
        string path = Path.Combine(folder, "Learnt" + extension);
        MLModel model = TestModels.Load(NeighborModels.Classifier(1));

        (await NeighborModels.Update(model, NeighborModels.Samples(("a", [0]), ("b", [5])))).Write(path);
        MLModel loaded = MLModel.Load(path);
        MLModel more = await NeighborModels.Update(loaded, NeighborModels.Samples(("c", [9])));

        Assert.Equal(["a", "b"], loaded.ModelDescription.ClassLabels!);
        Assert.Equal("b", NeighborModels.LabelOf(loaded, 5));
        Assert.Equal(["a", "b", "c"], more.ModelDescription.ClassLabels!);
        Assert.Equal("c", NeighborModels.LabelOf(more, 9));
    }

    [Fact]
    public async Task A_saved_model_is_an_equal_message_but_for_samples_and_labels()
    {
        Model file = NeighborModels.Classifier(1, ("a", [0]));
        string path = Path.Combine(folder, "Learnt.mlmodel");

        (await NeighborModels.Update(TestModels.Load(file), NeighborModels.Samples(("b", [5])))).Write(path);

        file.KNearestNeighborsClassifier.NearestNeighborsIndex.FloatSamples.Add(new FloatVector { Vector = { 5 } });
        file.KNearestNeighborsClassifier.StringClassLabels.Vector.Add("b");
        Assert.Equal(file, Model.Parser.ParseFrom(await File.ReadAllBytesAsync(path)));
    }

    [Fact]
    public async Task Training_begins_and_completes_without_epochs()
    {
        var events = new List<MLUpdateProgressEvent>();
        var handlers = new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.TrainingBegin | MLUpdateProgressEvent.EpochEnd | MLUpdateProgressEvent.MiniBatchEnd,
            context => events.Add(context.Event),
            context =>
            {
                Assert.Empty(context.Metrics);
                Assert.Equal(3L, context.Parameters[MLParameterKey.NumberOfNeighbors]);
                events.Add(context.Event);
            });
        var task = new MLUpdateTask(
            TestModels.Load(NeighborModels.Classifier(1)), NeighborModels.Samples(("a", [1])), handlers);

        await task.RunAsync();

        Assert.Equal([MLUpdateProgressEvent.TrainingBegin, MLUpdateProgressEvent.None], events);
        Assert.Equal(MLTaskState.Completed, task.State);
    }

    [Fact]
    public async Task A_limit_per_class_keeps_the_newest()
    {
        var configuration = new MLModelConfiguration { UpdateOptions = new() { MaxSamplesPerClass = 2 } };
        MLModel model = TestModels.Load(NeighborModels.Classifier(1, ("a", [0]), ("b", [1]), ("a", [2])));

        MLModel learnt =
            await NeighborModels.Update(model, NeighborModels.Samples(("a", [3]), ("c", [4])), configuration);

        Assert.Equal([1f, 2, 3, 4], learnt.NearestNeighbors!.Samples.Select(sample => sample.Values.Span[0]));
    }

    [Fact]
    public async Task The_overridden_number_of_neighbours_is_not_saved()
    {
        string path = Path.Combine(folder, "Learnt.mlmodel");
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.NumberOfNeighbors] = 1 } };

        MLModel learnt = await NeighborModels.Update(
            TestModels.Load(NeighborModels.Classifier(1)), NeighborModels.Samples(("a", [1])), configuration);
        learnt.Write(path);

        Assert.Equal(1L, learnt.ParameterValue(MLParameterKey.NumberOfNeighbors));
        Assert.Equal(3L, MLModel.Load(path).ParameterValue(MLParameterKey.NumberOfNeighbors));
    }

    [Fact]
    public async Task A_sample_that_does_not_fit_fails_the_task_by_its_number()
    {
        MLModel model = TestModels.Load(NeighborModels.Classifier(1));

        var wrongSize = await Assert.ThrowsAsync<MLFeatureException>(
            () => NeighborModels.Update(model, NeighborModels.Samples(("a", [1]), ("a", [1, 2]))));
        var noLabel = await Assert.ThrowsAsync<MLFeatureException>(
            () => NeighborModels.Update(model, new MLArrayBatchProvider([NeighborModels.Point(1)])));
        await Assert.ThrowsAsync<ArgumentException>(() => NeighborModels.Update(model, NeighborModels.Samples()));

        Assert.Equal((1, "x"), (wrongSize.SampleIndex, wrongSize.FeatureName));
        Assert.Equal((0, "label"), (noLabel.SampleIndex, noLabel.FeatureName));
    }

    [Fact]
    public void What_does_not_learn_is_refused_when_the_task_is_made()
    {
        Model frozen = NeighborModels.Classifier(1);
        frozen.IsUpdatable = false;
        Model unlabelled = NeighborModels.Classifier(1);
        unlabelled.Description.TrainingInput.RemoveAt(1);

        Assert.Throws<MLModelNotSupportedException>(
            () => new MLUpdateTask(TestModels.Load(frozen), NeighborModels.Samples()));
        Assert.Throws<MLModelFormatException>(
            () => new MLUpdateTask(TestModels.Load(unlabelled), NeighborModels.Samples()));
    }

    [Fact]
    public void Samples_are_listed_added_replaced_and_removed()
    {
        MLModel model = TestModels.Load(NeighborModels.Classifier(1, ("a", [0]), ("b", [5])));
        MLNearestNeighbors neighbors = model.NearestNeighbors!;

        MLModel added = neighbors.Add(new MLNeighborSample("c", [9]), new MLNeighborSample("a", [1]));
        MLModel replaced = neighbors.Replace(0, new MLNeighborSample("z", [7]));
        MLModel removed = added.NearestNeighbors!.RemoveAll(sample => (string)sample.Label == "a");
        MLModel empty = neighbors.RemoveAt(0, 1);

        Assert.Equal(["a", "b", "c"], added.ModelDescription.ClassLabels!);
        Assert.Equal(["z", "b"], replaced.ModelDescription.ClassLabels!);
        Assert.Equal(["b", "c"], removed.ModelDescription.ClassLabels!);
        Assert.Equal("unknown", NeighborModels.LabelOf(empty, 0));
        Assert.Equal(2, model.NearestNeighbors!.Samples.Count);
        Assert.Equal([5f, 9, 1], added.NearestNeighbors.KeepNewest(1).NearestNeighbors!.Samples
            .Select(sample => sample.Values.Span[0]));
    }

    [Fact]
    public void Samples_of_another_kind_are_refused()
    {
        MLNearestNeighbors neighbors = TestModels.Load(NeighborModels.Classifier(1, ("a", [0]))).NearestNeighbors!;

        Assert.Throws<ArgumentException>(() => neighbors.Add(new MLNeighborSample("a", [1, 2])));
        Assert.Throws<ArgumentException>(() => neighbors.Add(new MLNeighborSample("a", [float.NaN])));
        Assert.Throws<ArgumentException>(() => neighbors.Replace(0, new MLNeighborSample(3, [1])));
        Assert.Throws<ArgumentOutOfRangeException>(() => neighbors.RemoveAt(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => neighbors.KeepNewest(0));
        Assert.Null(TestModels.Load(TestModels.Line()).NearestNeighbors);
    }
}
