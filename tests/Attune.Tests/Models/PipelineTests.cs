using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Tests.Models;

public sealed class PipelineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Models_run_one_after_another()
    {
        MLModel model = TestModels.Load(NeighborModels.Doubled(("two", [2, 0]), ("eight", [8, 0])));

        Assert.Equal("two", NeighborModels.LabelOf(model, 1, 0)); // 2·1
        Assert.Equal("eight", NeighborModels.LabelOf(model, 4, 0));
        Assert.Equal(["two", "eight"], model.ModelDescription.ClassLabels!);
    }

    [Fact]
    public void A_batch_has_the_results_of_single_predictions()
    {
        MLModel model = TestModels.Load(NeighborModels.Doubled(("two", [2, 0]), ("eight", [8, 0])));
        IMLFeatureProvider[] points = [.. Enumerable.Range(0, 70).Select(i => NeighborModels.Point(i * 0.1f, 0))];

        IMLBatchProvider outputs = model.Predictions(new MLArrayBatchProvider(points));

        for (int i = 0; i < points.Length; i++)
            Assert.Equal(
                model.Prediction(points[i]).GetFeatureValue("labelProbs"),
                outputs.GetFeatures(i).GetFeatureValue("labelProbs"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(25)]
    public void Pipelines_may_be_nested_as_deep_as_a_file_may_be(int depth)
    {
        Model model = NeighborModels.Doubled(("two", [2, 0]), ("eight", [8, 0]));
        for (int i = 0; i < depth; i++)
            model = NeighborModels.Pipeline(
                new() { Pipeline = new() { Models = { model }, Names = { "inner" } } }, model, model);

        MLModel loaded = TestModels.Load(model);

        string scope = string.Join('.', Enumerable.Repeat("inner", depth).Append("model1"));
        Assert.Equal("eight", NeighborModels.LabelOf(loaded, 4, 0));
        Assert.Equal(
            [MLParameterKey.NumberOfNeighbors.Scoped(scope)],
            loaded.ModelDescription.ParameterDescriptionsByKey.Keys);
        MLModel more = loaded.NearestNeighbors!.Add(new MLNeighborSample("new", [4, 4]));
        Assert.Equal(3, more.NearestNeighbors!.Samples.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("model1")]
    public void Parameters_are_found_with_and_without_the_models_name(string scope)
    {
        MLParameterKey key = MLParameterKey.NumberOfNeighbors;
        key = scope.Length == 0 ? key : key.Scoped(scope);
        var configuration = new MLModelConfiguration { Parameters = { [key] = 1 } };
        Model file = NeighborModels.Doubled(("near", [2, 0]), ("far", [4, 0]), ("far", [4, 0]));

        MLModel model = TestModels.Load(file, configuration);

        Assert.Equal(1L, model.ParameterValue(MLParameterKey.NumberOfNeighbors));
        Assert.Equal(1L, model.ParameterValue(MLParameterKey.NumberOfNeighbors.Scoped("model1")));
        Assert.Equal("near", NeighborModels.LabelOf(model, 1.4f, 0));
        Assert.Equal("far", NeighborModels.LabelOf(TestModels.Load(file), 1.45f, 0));
        Assert.Throws<ArgumentException>(
            () => model.ParameterValue(MLParameterKey.NumberOfNeighbors.Scoped("model0")));
    }

    [Fact]
    public void A_name_that_two_models_could_mean_is_refused()
    {
        Model first = NeighborModels.Classifier(1, ("a", [1]));
        Model second = NeighborModels.Classifier(1, ("b", [1]));
        MLModel model = TestModels.Load(NeighborModels.Pipeline(
            new() { Pipeline = new() { Models = { first, second }, Names = { "first", "second" } } }, first, second));

        Assert.Throws<ArgumentException>(() => model.ParameterValue(MLParameterKey.NumberOfNeighbors));
        Assert.Equal(3L, model.ParameterValue(MLParameterKey.NumberOfNeighbors.Scoped("first")));
    }

    [Fact]
    public void Weights_of_networks_inside_are_read_set_and_saved()
    {
        MLModel model = TestModels.Load(NeighborModels.Doubled(("two", [2, 0]), ("eight", [8, 0])));
        MLParameterKey key = MLParameterKey.Weights.Scoped("model0").Scoped("double");
        var tripled = new MLMultiArray(new float[] { 8, 0, 0, 8 }, 2, 2);
        string path = Path.Combine(folder, "model.mlmodel");
        model.Write(path);

        MLModel changed = MLModel.Load(path, new MLModelConfiguration { Parameters = { [key] = tripled } });
        changed.Write(path);

        Assert.Equal("eight", NeighborModels.LabelOf(MLModel.Load(path), 1, 0)); // 8·1
        Assert.Equal(8, ((MLMultiArray)MLModel.Load(path).ParameterValue(MLParameterKey.Weights.Scoped("double")))[0]);
        Assert.Equal(2, ((MLMultiArray)model.ParameterValue(key))[0]);
    }

    [Fact]
    public void Weights_of_networks_inside_are_taken_out_of_the_message()
    {
        var document = ModelDocument.Of(NeighborModels.Doubled());

        Assert.Equal([2f, 0, 0, 2], document.Blobs[0].Floats.ToArray());
        Assert.Empty(document.Model.PipelineClassifier.Pipeline.Models[0].NeuralNetwork.Layers[0]
            .InnerProduct.Weights.FloatValue);
    }

    public static TheoryData<string> Contradictions => [.. Breaks.Keys];

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_file_that_contradicts_itself_is_refused(string contradiction)
    {
        Model model = NeighborModels.Doubled(("a", [1, 2]));
        Breaks[contradiction](model.PipelineClassifier.Pipeline, model);

        Assert.Throws<MLModelFormatException>(() => TestModels.Load(model));
    }

    private static readonly Dictionary<string, Action<Pipeline, Model>> Breaks = new()
    {
        ["no models"] = (pipeline, _) => pipeline.Models.Clear(),
        ["no pipeline"] = (_, model) => model.PipelineClassifier.Pipeline = null,
        ["one name"] = (pipeline, _) => pipeline.Names.Add("first"),
        ["same names"] = (pipeline, _) => pipeline.Names.Add(["same", "same"]),
        ["empty name"] = (pipeline, _) => pipeline.Names.Add(["first", ""]),
        ["wrong order"] = (pipeline, _) => pipeline.Models.Insert(0, pipeline.Models[1]),
        ["missing output"] = (_, model) => model.Description.Output.Add(TestModels.Array("nothing", 1)),
        ["another type"] = (_, model) => model.Description.Input[0].Type = new() { DoubleType = new() },
    };

    [Fact]
    public void Two_types_in_one_model_are_refused_where_samples_would_be_lost()
    {
        byte[] classifier = Google.Protobuf.MessageExtensions.ToByteArray(NeighborModels.Classifier(1, ("a", [1])));
        byte[] network = Google.Protobuf.MessageExtensions.ToByteArray(new Model { NeuralNetwork = new() });

        Assert.Throws<MLModelFormatException>(() => MLModel.Load((byte[])[.. classifier, .. network]));
        Assert.Throws<MLModelFormatException>(() => MLModel.Load((byte[])[.. classifier, .. classifier]));
    }
}
