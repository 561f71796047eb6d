using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Models;

public sealed class MLModelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_prediction_is_what_the_layers_compute()
    {
        MLModel model = TestModels.Load(TestModels.Line(w: 2, b: 1));

        MLMultiArray y = model.Prediction(Point(3)).GetFeatureValue("y")!.MultiArrayValue!;

        Assert.Equal(7, y[0]); // 2·3 + 1
        Assert.Equal([1], y.Shape);
        Assert.Equal(MLMultiArrayDataType.Float32, y.DataType);
    }

    [Fact]
    public void Predictions_of_a_batch_keep_its_order_and_have_the_bits_of_single_ones()
    {
        MLModel model = TestModels.Load(TestModels.SmallClassifier());
        var inputs = new MLArrayBatchProvider(Enumerable.Range(0, 70).Select(i => TestModels.ClassifierSample(i % 5)));

        IMLBatchProvider outputs = model.Predictions(inputs);

        Assert.Equal(70, outputs.Count);
        for (int i = 0; i < outputs.Count; i++)
            Assert.Equal(
                Probabilities(model.Prediction(inputs.GetFeatures(i))), Probabilities(outputs.GetFeatures(i)));
    }

    [Fact]
    public void Many_threads_may_predict_with_one_model()
    {
        MLModel model = TestModels.Load(TestModels.SmallClassifier());
        IReadOnlyDictionary<object, double>[] expected =
            [.. Enumerable.Range(0, 5).Select(i => Probabilities(model.Prediction(TestModels.ClassifierSample(i))))];

        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Equal(
            expected[i % 5], Probabilities(model.Prediction(TestModels.ClassifierSample(i % 5)))));
    }

    [Fact]
    public void A_classifier_gives_the_likeliest_label_and_all_probabilities()
    {
        MLModel model = TestModels.Load(TestModels.SmallClassifier());

        IMLFeatureProvider output = model.Prediction(TestModels.ClassifierSample(0));

        IReadOnlyDictionary<object, double> probabilities = Probabilities(output);
        Assert.Equal(["a", "b", "c"], probabilities.Keys.Order());
        Assert.Equal(1, probabilities.Values.Sum(), 1e-6);
        Assert.Equal(probabilities.MaxBy(entry => entry.Value).Key, output.GetFeatureValue("label")!.StringValue);
        Assert.Equal(["a", "b", "c"], model.ModelDescription.ClassLabels);
    }

    [Fact]
    public void Output_backings_are_written_and_returned()
    {
        MLModel model = TestModels.Load(TestModels.Line());
        var backing = new MLMultiArray([1], MLMultiArrayDataType.Double);
        var options = new MLPredictionOptions { OutputBackings = { ["y"] = backing } };

        IMLFeatureProvider output = model.Prediction(Point(3), options);

        Assert.Same(backing, output.GetFeatureValue("y")!.MultiArrayValue);
        Assert.Equal(7, backing[0]);
    }

    [Fact]
    public void Backings_that_cannot_be_used_are_refused()
    {
        MLModel model = TestModels.Load(TestModels.Line());
        MLPredictionOptions With(string name, object backing) => new() { OutputBackings = { [name] = backing } };

        Assert.Throws<MLFeatureException>(
            () => model.Prediction(Point(3), With("y", new MLMultiArray([2], MLMultiArrayDataType.Double))));
        Assert.Throws<MLFeatureException>(
            () => model.Prediction(Point(3), With("z", new MLMultiArray([1], MLMultiArrayDataType.Double))));
        Assert.Throws<ArgumentException>(() => model.Predictions(
            new MLArrayBatchProvider([Point(3)]), With("y", new MLMultiArray([1], MLMultiArrayDataType.Double))));
    }

    [Fact]
    public void Features_that_a_model_does_not_take_are_refused_by_name()
    {
        MLModel model = TestModels.Load(TestModels.Line());

        var missing = Assert.Throws<MLFeatureException>(() => model.Prediction(TestModels.Sample()));
        var wrong = Assert.Throws<MLFeatureException>(
            () => model.Predictions(new MLArrayBatchProvider(
                [Point(1), TestModels.Sample(("x", TestModels.Tensor([1, 2], 2)))])));

        Assert.Equal(("x", "nothing"), (missing.FeatureName, missing.Got));
        Assert.Equal(("x", 1), (wrong.FeatureName, wrong.SampleIndex));
    }

    [Fact]
    public void Parameters_are_read_by_key_and_weights_by_a_key_scoped_to_their_layer()
    {
        MLModel model = TestModels.Load(TestModels.SmallClassifier());

        Assert.Equal(0.1, model.ParameterValue(MLParameterKey.LearningRate));
        Assert.Equal(2L, model.ParameterValue(MLParameterKey.MiniBatchSize));
        var weights = (MLMultiArray)model.ParameterValue(MLParameterKey.Weights.Scoped("conv"));
        Assert.Equal([2, 1, 3, 3], weights.Shape);
        Assert.Equal(TestModels.Wave(18, 0.7, 0.5), weights.AsSpan<float>().ToArray());
        Assert.Throws<ArgumentException>(() => model.ParameterValue(MLParameterKey.Weights.Scoped("pool")));
        Assert.Throws<ArgumentException>(() => model.ParameterValue(MLParameterKey.Beta1));
    }

    [Fact]
    public void Weights_and_parameters_of_the_configuration_are_in_force()
    {
        var configuration = new MLModelConfiguration
        {
            Parameters =
            {
                [MLParameterKey.Biases.Scoped("line")] = new MLMultiArray(new float[] { 10 }.AsMemory(), 1),
                [MLParameterKey.LearningRate] = 0.5f,
            },
        };

        MLModel model = TestModels.Load(TestModels.Line(), configuration);

        Assert.Equal(16, model.Prediction(Point(3)).GetFeatureValue("y")!.MultiArrayValue![0]); // 2·3 + 10
        Assert.Equal(0.5, model.ParameterValue(MLParameterKey.LearningRate));
    }

    [Theory]
    [InlineData("Model.mlmodel")]
    [InlineData("Model.mlpackage")]
    [InlineData("Model.mlmodelc")]
    public async Task A_written_model_predicts_the_same_bits(string name)
    {
        MLModel trained = (await new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()), TestModels.ClassifierSamples()).RunAsync()).Model;
        string path = Path.Combine(folder, name);

        trained.Write(path);

        foreach (MLModel loaded in new[] { MLModel.Load(path), await MLModel.LoadAsync(path) })
            for (int i = 0; i < 5; i++)
                Assert.Equal(
                    Probabilities(trained.Prediction(TestModels.ClassifierSample(i))),
                    Probabilities(loaded.Prediction(TestModels.ClassifierSample(i))));
    }

    [Fact]
    public async Task A_written_model_is_the_same_message_but_for_what_was_trained()
    {
        Model specification = TestModels.SmallClassifier();
        MLModel trained = (await new MLUpdateTask(
            TestModels.Load(specification), TestModels.ClassifierSamples()).RunAsync()).Model;
        string path = Path.Combine(folder, "Model.mlmodel");

        trained.Write(path);
        Model written = Model.Parser.ParseFrom(await File.ReadAllBytesAsync(path));

        Assert.NotEqual(specification, written);
        foreach (NeuralNetworkLayer layer in written.NeuralNetworkClassifier.Layers.Concat(
                     specification.NeuralNetworkClassifier.Layers))
            foreach (WeightParams? weights in new[]
                     {
                         layer.Convolution?.Weights, layer.Convolution?.Bias, layer.InnerProduct?.Weights,
                         layer.InnerProduct?.Bias,
                     })
                weights?.FloatValue.Clear();
        Assert.Equal(specification, written);
    }

    [Fact]
    public void A_model_loads_from_a_stream_and_from_memory_and_is_compiled()
    {
        byte[] bytes = TestModels.Line().ToByteArray();
        string path = Path.Combine(folder, "Line.mlmodel");
        File.WriteAllBytes(path, bytes);

        string compiled = MLModel.CompileModel(path);

        Assert.EndsWith("Line.mlmodelc", compiled, StringComparison.Ordinal);
        foreach (MLModel model in new[]
                 {
                     MLModel.Load(new MemoryStream(bytes)), MLModel.Load(bytes.AsMemory()), MLModel.Load(compiled),
                 })
            Assert.Equal(7, model.Prediction(Point(3)).GetFeatureValue("y")!.MultiArrayValue![0]);
        Directory.Delete(Path.GetDirectoryName(compiled)!, recursive: true);
    }

    [Fact]
    public void A_model_of_a_type_that_does_not_run_shows_itself_and_is_refused_by_name()
    {
        var specification = new Model
        {
            SpecificationVersion = 1, SoundAnalysisPreprocessing = new(), Description = new(),
        };
        specification.Description.Input.Add(TestModels.Array("x", 1));
        specification.Description.Output.Add(
            new FeatureDescription { Name = "y", Type = new FeatureType { DoubleType = new DoubleFeatureType() } });
        specification.Description.PredictedFeatureName = "y";

        MLModel model = TestModels.Load(specification);

        Assert.Equal(["x"], model.ModelDescription.InputDescriptionsByName.Keys);
        var refusal = Assert.Throws<MLModelNotSupportedException>(() => model.Prediction(Point(1)));
        Assert.Contains("soundAnalysisPreprocessing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_do_not_run_are_all_named()
    {
        Model specification = TestModels.Line();
        specification.NeuralNetwork.Layers.Add(
            TestModels.Layer("roi", "x", "r", layer => layer.CropResize = new CropResizeLayerParams()));
        specification.NeuralNetwork.Layers[^1].Input.Add("x");
        specification.NeuralNetwork.Layers.Add(
            TestModels.Layer("mine", "r", "m", layer => layer.Custom = new CustomLayerParams()));

        var refusal = Assert.Throws<MLModelNotSupportedException>(
            () => TestModels.Load(specification).Prediction(Point(1)));

        Assert.Equal(
            ["Layer 'roi' (cropResize) is not supported.", "Layer 'mine' (custom) is not supported."], refusal.Reasons);
    }

    private static IMLFeatureProvider Point(float x) => TestModels.Sample(("x", TestModels.Tensor([x], 1)));

    private static IReadOnlyDictionary<object, double> Probabilities(IMLFeatureProvider output) =>
        output.GetFeatureValue("probabilities")!.DictionaryValue;
}
