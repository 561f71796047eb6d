using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Update;

public sealed class PipelineUpdateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(".mlmodel")]
    [InlineData(".mlmodelc")]
    public async Task The_last_model_learns_what_the_others_make_of_samples(string extension)
    {
        string path = Path.Combine(folder, "Learnt" + extension);
        MLModel model = TestModels.Load(NeighborModels.Doubled());

        MLModel learnt = await NeighborModels.Update(
            model, NeighborModels.Samples(("one", [1, 0]), ("four", [4, 0])));
        learnt.Write(path);
        MLModel more = await NeighborModels.Update(MLModel.Load(path), NeighborModels.Samples(("nine", [9, 0])));

        Assert.Equal([2f, 0], learnt.NearestNeighbors!.Samples[0].Values.ToArray()); // 2·1
        Assert.Equal("four", NeighborModels.LabelOf(learnt, 4.1f, 0));
        Assert.Equal(["one", "four", "nine"], more.ModelDescription.ClassLabels!);
        Assert.Equal("nine", NeighborModels.LabelOf(more, 8.9f, 0));
    }

    [Fact]
    public async Task Every_other_byte_is_as_it_was()
    {
        // Fields that nobody knows, and explicit zeros, are lost when messages are written anew.
        Model file = NeighborModels.Doubled(("a", [1, 2]));
        byte[] stranger = [0xFA, 0x3E, 0x03, 1, 2, 3]; // field 1007, three bytes
        Model network = Model.Parser.ParseFrom(
            (byte[])[.. file.PipelineClassifier.Pipeline.Models[0].ToByteArray(), .. stranger]);
        file.PipelineClassifier.Pipeline.Models[0] = network;
        byte[] bytes = [.. file.ToByteArray(), .. stranger];
        string path = Path.Combine(folder, "Learnt.mlmodel");

        MLModel loaded = MLModel.Load(bytes);
        (await NeighborModels.Update(loaded, NeighborModels.Samples(("b", [3, 4])))).Write(path);

        KNearestNeighborsClassifier message = file.PipelineClassifier.Pipeline.Models[1].KNearestNeighborsClassifier;
        message.NearestNeighborsIndex.FloatSamples.Add(new FloatVector { Vector = { 6, 8 } });
        message.StringClassLabels.Vector.Add("b");
        Assert.Equal((byte[])[.. file.ToByteArray(), .. stranger], await File.ReadAllBytesAsync(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_sample_goes_through_the_frozen_models_once_an_epoch_or_less(bool isStable)
    {
        var counted = new CountedSamples(70, isStable);
        MLModel model = TestModels.Load(Trained(epochs: 3));

        MLModel learnt = await NeighborModels.Update(model, counted);

        // Data that varies is read in every epoch, and its first sample once more for its shape.
        Assert.Equal(isStable ? 70 : 1 + (3 * 70), counted.Reads);
        Assert.NotEqual(0, learnt.ParameterValue(MLParameterKey.Weights.Scoped("line")) is MLMultiArray w ? w[0] : 0);
    }

    [Fact]
    public async Task A_classifier_reads_each_sample_once()
    {
        var counted = new CountedSamples(70, isStable: true);

        MLModel learnt = await NeighborModels.Update(TestModels.Load(NeighborModels.Doubled()), counted);

        Assert.Equal(70, counted.Reads);
        Assert.Equal(70, learnt.NearestNeighbors!.Samples.Count);
    }

    [Fact]
    public async Task A_network_at_the_end_learns_as_it_would_alone()
    {
        MLModel alone = TestModels.Load(Last(epochs: 3));
        MLModel whole = TestModels.Load(Trained(epochs: 3));

        MLModel learntAlone = await NeighborModels.Update(alone, Points("embedding", 2));
        MLModel learnt = await NeighborModels.Update(whole, Points("x", 1));

        MLParameterKey key = MLParameterKey.Weights.Scoped("line");
        var expected = (MLMultiArray)learntAlone.ParameterValue(key);
        var actual = (MLMultiArray)learnt.ParameterValue(key);
        Assert.Equal([expected[0], expected[1]], [actual[0], actual[1]]);
        Assert.NotEqual(((MLMultiArray)alone.ParameterValue(key))[0], actual[0]);
    }

    [Fact]
    public async Task Handlers_see_whole_pipelines_and_change_the_last_models_parameters()
    {
        var seen = new List<(MLUpdateProgressEvent Event, object Rate)>();
        MLModel model = TestModels.Load(Trained(epochs: 3));
        var handlers = new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.EpochEnd,
            context =>
            {
                seen.Add((context.Event, context.Parameters[MLParameterKey.LearningRate.Scoped("model1")]));
                (MLModel best, int epoch) = context.Task.Best()!.Value;
                Assert.Equal(seen.Count - 1, epoch);
                foreach (MLModel whole in new[] { context.Model, best })
                    Assert.NotNull(whole.Prediction(NeighborModels.Point(1, 1)).GetFeatureValue("y"));
                context.Task.Resume(new Dictionary<MLParameterKey, object>
                {
                    [MLParameterKey.LearningRate.Scoped("model1")] = 0.5,
                });
                Assert.Throws<ArgumentException>(() => context.Task.Resume(new Dictionary<MLParameterKey, object>
                {
                    [MLParameterKey.Epochs] = 1,
                }));
            },
            _ => { });

        MLUpdateContext completed = await new MLUpdateTask(model, Points("x", 1), handlers).RunAsync();

        Assert.Equal([0.01, 0.5, 0.5], seen.Select(one => (double)one.Rate));
        Assert.Equal(0.5, completed.Model.ParameterValue(MLParameterKey.LearningRate));
    }

    [Fact]
    public void Only_a_pipeline_whose_last_model_learns_is_updated()
    {
        Model frozenLast = NeighborModels.Doubled();
        frozenLast.PipelineClassifier.Pipeline.Models[1].IsUpdatable = false;
        Model frozenWhole = NeighborModels.Doubled();
        frozenWhole.IsUpdatable = false;
        Model unlabelled = NeighborModels.Doubled();
        unlabelled.Description.TrainingInput.RemoveAt(1);

        var refusal = Assert.Throws<MLModelNotSupportedException>(
            () => new MLUpdateTask(TestModels.Load(frozenLast), NeighborModels.Samples()));
        Assert.Contains("'model1'", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<MLModelNotSupportedException>(
            () => new MLUpdateTask(TestModels.Load(frozenWhole), NeighborModels.Samples()));
        Assert.Throws<MLModelFormatException>(
            () => new MLUpdateTask(TestModels.Load(unlabelled), NeighborModels.Samples()));
    }

    [Fact]
    public async Task A_sample_that_does_not_fit_is_named_by_its_number()
    {
        MLModel model = TestModels.Load(NeighborModels.Doubled());
        IMLFeatureProvider[] samples =
            [.. NeighborModels.Samples([.. Enumerable.Repeat(("a", new float[2]), 40)]).Array];
        samples[37] = NeighborModels.Point(1, 2, 3);

        var refusal = await Assert.ThrowsAsync<MLFeatureException>(
            () => NeighborModels.Update(model, new MLArrayBatchProvider(samples)));

        Assert.Equal((37, "x"), (refusal.SampleIndex, refusal.FeatureName));
    }

    /// <summary>y = w·embedding + b after the network that doubles.</summary>
    private static Model Trained(int epochs)
    {
        Model first = NeighborModels.Line2();
        Model last = Last(epochs);
        return NeighborModels.Pipeline(new() { Pipeline = new() { Models = { first, last } } }, first, last);
    }

    private static Model Last(int epochs)
    {
        Model last = TestModels.Line();
        last.NeuralNetwork.Layers[0] = TestModels.Dense("line", "embedding", "y", 2, 1, [0, 0], [0]);
        last.NeuralNetwork.UpdateParams.Epochs.DefaultValue = epochs;
        last.NeuralNetwork.UpdateParams.Optimizer.SgdOptimizer.LearningRate.DefaultValue = 0.01;
        last.Description.Input[0] = TestModels.Array("embedding", 2);
        last.Description.TrainingInput[0] = TestModels.Array("embedding", 2);
        return last;
    }

    private static MLArrayBatchProvider Points(string name, float scale) =>
        new(Enumerable.Range(0, 5).Select(i => TestModels.Sample(
            (name, TestModels.Tensor([i * scale, (5 - i) * scale], 2)),
            ("y_true", TestModels.Tensor([i], 1)))));

    private sealed class CountedSamples(int count, bool isStable) : IMLBatchProvider
    {
        public int Reads { get; private set; }

        public int Count => count;

        public bool IsStable => isStable;

        // Every read goes through the frozen models: they have nothing else to go by.
        public IMLFeatureProvider GetFeatures(int index)
        {
            Reads++;
            return TestModels.Sample(
                ("x", TestModels.Tensor([index * 0.01f, 1], 2)),
                ("y_true", TestModels.Tensor([1], 1)),
                ("label", MLFeatureValue.FromString($"{index % 3}")));
        }
    }
}
