using System.Text;
using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Models;

public sealed class CustomModelTests
{
    [Fact]
    public void A_registered_model_gets_parameters_and_description_and_computes()
    {
        IReadOnlyDictionary<string, object> given = new Dictionary<string, object>();
        var configuration = new MLModelConfiguration();
        configuration.CustomModels["Adder"] = (parameters, description) =>
        {
            given = parameters;
            Assert.Equal(["x"], description.InputDescriptionsByName.Keys);
            return new Stage(input => Y(input.GetFeatureValue("x")!.DoubleValue + (double)parameters["by"]));
        };

        MLModel model = TestModels.Load(Custom(), configuration);
        configuration.CustomModels.Clear(); // what is loaded keeps its own

        Assert.Equal(3.5, Predict(model, 1));
        Assert.Equal(
            [("by", 2.5), ("deep", true), ("kind", "soft"), ("large", 1L << 40), ("small", 7)],
            given.Where(entry => entry.Key != "raw").OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => (entry.Key, entry.Value)));
        Assert.Equal("bytes", Encoding.UTF8.GetString(((ReadOnlyMemory<byte>)given["raw"]).Span));
    }

    [Fact]
    public void A_batch_is_predicted_by_the_models_own_batches_or_one_after_the_other()
    {
        var inputs = new MLArrayBatchProvider([Sample(1), Sample(2)]);
        MLModel single = Load(new Stage(input => Y(-input.GetFeatureValue("x")!.DoubleValue)));
        MLModel batched = Load(new BatchStage(batch => [.. Enumerable.Range(0, batch.Count).Select(i => Y(i + 10))]));
        MLModel short1 = Load(new BatchStage(_ => [Y(1)]));

        Assert.Equal(-2, single.Predictions(inputs).GetFeatures(1).GetFeatureValue("y")!.DoubleValue);
        Assert.Equal(11, batched.Predictions(inputs).GetFeatures(1).GetFeatureValue("y")!.DoubleValue);
        Assert.Contains("1 outputs for a batch of 2", Assert.Throws<InvalidOperationException>(
            () => short1.Predictions(inputs)).Message);
    }

    [Fact]
    public void Outputs_that_the_description_does_not_allow_are_named_with_the_model()
    {
        foreach (IMLFeatureProvider wrong in new IMLFeatureProvider[]
                 {
                     new MLDictionaryFeatureProvider(), TestModels.Sample(("y", "text")), TestModels.Sample(("y", 1L)),
                     TestModels.Sample(("other", 1.0)),
                 })
        {
            var refusal = Assert.Throws<MLFeatureException>(() => Predict(Load(new Stage(_ => wrong)), 1));
            Assert.Equal("y", refusal.FeatureName);
            Assert.Contains("custom model 'Adder'", refusal.Message, StringComparison.Ordinal);
            Assert.NotNull(refusal.Got);
        }
        var inBatch = Assert.Throws<MLFeatureException>(
            () => Load(new BatchStage(_ => [Y(1), TestModels.Sample(("y", "text"))]))
                .Predictions(new MLArrayBatchProvider([Sample(1), Sample(2)])));
        Assert.Equal((1, "y"), (inBatch.SampleIndex, inBatch.FeatureName));
    }

    [Fact]
    public void Outputs_that_the_description_does_not_have_are_left_out()
    {
        MLModel model = Load(new Stage(_ => TestModels.Sample(("y", 1.0), ("secret", 2.0))));

        Assert.Equal(["y"], model.Prediction(Sample(1)).FeatureNames);
    }

    [Fact]
    public void Inputs_are_checked_before_the_model_sees_them()
    {
        MLModel model = Load(new Stage(_ => throw new InvalidProgramException()));

        Assert.Equal("x", Assert.Throws<MLFeatureException>(
            () => model.Prediction(TestModels.Sample(("x", "text")))).FeatureName);
    }

    [Fact]
    public void Exceptions_of_the_model_arrive_inside_of_one_that_names_it()
    {
        var own = new TimeZoneNotFoundException("no zone");

        var error = Assert.Throws<InvalidOperationException>(() => Predict(Load(new Stage(_ => throw own)), 1));
        Assert.Same(own, error.InnerException);
        Assert.Contains("'Adder'", error.Message, StringComparison.Ordinal);
        Assert.Contains("TimeZoneNotFoundException: no zone", error.Message, StringComparison.Ordinal);

        var lazy = Assert.Throws<InvalidOperationException>(() => Predict(Load(new Stage(_ => new Thrower(own))), 1));
        Assert.Same(own, lazy.InnerException);
        Assert.Contains("null", Assert.Throws<InvalidOperationException>(
            () => Predict(Load(new Stage(_ => null!)), 1)).Message);
    }

    [Fact]
    public void Refusals_and_cancellations_of_the_model_arrive_as_they_are()
    {
        Assert.Throws<OperationCanceledException>(
            () => Predict(Load(new Stage(_ => throw new OperationCanceledException())), 1));
        var refusal = new MLFeatureException("Feature 'x' takes 1.") { FeatureName = "x" };
        Assert.Same(refusal, Assert.Throws<MLFeatureException>(
            () => Predict(Load(new Stage(_ => throw refusal)), 1)));
    }

    [Fact]
    public void A_factory_that_fails_makes_loading_fail()
    {
        var own = new FormatException("no weights");
        var configuration = new MLModelConfiguration { CustomModels = { ["Adder"] = (_, _) => throw own } };

        var error = Assert.Throws<InvalidOperationException>(() => TestModels.Load(Custom(), configuration));
        Assert.Same(own, error.InnerException);
        configuration.CustomModels["Adder"] = (_, _) => null!;
        Assert.Contains("factory returned null", Assert.Throws<InvalidOperationException>(
            () => TestModels.Load(Custom(), configuration)).Message);
    }

    [Fact]
    public void What_is_not_registered_loads_and_says_what_is_missing()
    {
        foreach ((Action<Model> fill, string name) in External)
        {
            Model specification = TabularModels.Model(fill, [TabularModels.Double("x")], [TabularModels.Double("y")]);
            MLModel model = TestModels.Load(specification);

            var refusal = Assert.Throws<MLModelNotSupportedException>(() => Predict(model, 1));
            Assert.Contains($"CustomModels[\"{name}\"]", refusal.Message, StringComparison.Ordinal);
            Assert.Single(refusal.Reasons);
            Assert.Equal(["x"], model.ModelDescription.InputDescriptionsByName.Keys);
        }
    }

    [Fact]
    public void Types_of_Apples_systems_are_registered_by_their_names_and_hand_over_their_fields()
    {
        var seen = new Dictionary<string, IReadOnlyDictionary<string, object>>();
        foreach ((Action<Model> fill, string name) in External)
        {
            var configuration = new MLModelConfiguration
            {
                CustomModels =
                {
                    [name] = (parameters, _) =>
                    {
                        seen[name] = parameters;
                        return new Stage(input => Y(input.GetFeatureValue("x")!.DoubleValue));
                    },
                },
            };
            Model specification = TabularModels.Model(fill, [TabularModels.Double("x")], [TabularModels.Double("y")]);
            Assert.Equal(4, Predict(TestModels.Load(specification, configuration), 4));
        }

        Assert.Equal(2L, seen["visionFeaturePrint"]["scene.version"]);
        Assert.Equal(1L, seen["audioFeaturePrint"]["sound.version"]);
        Assert.Equal(["N", "V"], (IReadOnlyList<string>)seen["wordTagger"]["stringTags"]);
        Assert.Equal("tags", seen["wordTagger"]["tokenTagsOutputFeatureName"]);
        Assert.Equal("de", seen["gazetteer"]["language"]);
        Assert.Equal(3L, seen["wordEmbedding"]["revision"]);
        Assert.Equal(2, ((ReadOnlyMemory<byte>)seen["textClassifier"]["modelParameterData"]).Length);
        Assert.Equal("thing", seen["serializedModel"]["identifier"]);
        Assert.Empty(seen["soundAnalysisPreprocessing"]);
    }

    private static (Action<Model> Fill, string Name)[] External =>
    [
        (model => model.CustomModel = new() { ClassName = "Mine" }, "Mine"),
        (model => model.VisionFeaturePrint = new()
        {
            Scene = new() { Version = VisionFeaturePrint.Types.Scene.Types.SceneVersion._2 },
        }, "visionFeaturePrint"),
        (model => model.AudioFeaturePrint = new()
        {
            Sound = new() { Version = AudioFeaturePrint.Types.Sound.Types.SoundVersion._1 },
        }, "audioFeaturePrint"),
        (model => model.SoundAnalysisPreprocessing = new() { Vggish = new() }, "soundAnalysisPreprocessing"),
        (model => model.TextClassifier = new() { ModelParameterData = ByteString.CopyFrom(1, 2) }, "textClassifier"),
        (model => model.WordTagger = new()
        {
            StringTags = new() { Vector = { "N", "V" } }, TokenTagsOutputFeatureName = "tags",
        }, "wordTagger"),
        (model => model.Gazetteer = new() { Language = "de" }, "gazetteer"),
        (model => model.WordEmbedding = new() { Revision = 3 }, "wordEmbedding"),
        (model => model.SerializedModel = new() { Identifier = "thing" }, "serializedModel"),
    ];

    private static Model Custom() => TabularModels.Model(
        model => model.CustomModel = new()
        {
            ClassName = "Adder",
            Parameters =
            {
                ["by"] = new() { DoubleValue = 2.5 }, ["kind"] = new() { StringValue = "soft" },
                ["small"] = new() { IntValue = 7 }, ["large"] = new() { LongValue = 1L << 40 },
                ["deep"] = new() { BoolValue = true },
                ["raw"] = new() { BytesValue = ByteString.CopyFromUtf8("bytes") },
            },
        },
        [TabularModels.Double("x")],
        [TabularModels.Double("y")]);

    private static MLModel Load(IMLCustomModel stage) => TestModels.Load(
        Custom(), new MLModelConfiguration { CustomModels = { ["Adder"] = (_, _) => stage } });

    private static double Predict(MLModel model, double x) =>
        model.Prediction(Sample(x)).GetFeatureValue("y")!.DoubleValue;

    private static IMLFeatureProvider Sample(double x) => TestModels.Sample(("x", x));

    private static IMLFeatureProvider Y(double y) => TestModels.Sample(("y", y));

    private sealed class Stage(Func<IMLFeatureProvider, IMLFeatureProvider> compute) : IMLCustomModel
    {
        public IMLFeatureProvider Prediction(IMLFeatureProvider input, MLPredictionOptions options) => compute(input);
    }

    private sealed class BatchStage(Func<IMLBatchProvider, IMLFeatureProvider[]> compute) : IMLCustomModel
    {
        public IMLFeatureProvider Prediction(IMLFeatureProvider input, MLPredictionOptions options) =>
            throw new NotSupportedException();

        public IMLBatchProvider Predictions(IMLBatchProvider batch, MLPredictionOptions options) =>
            new MLArrayBatchProvider(compute(batch));
    }

    private sealed class Thrower(Exception error) : IMLFeatureProvider
    {
        public IReadOnlySet<string> FeatureNames => throw error;

        public MLFeatureValue? GetFeatureValue(string featureName) => throw error;
    }
}
