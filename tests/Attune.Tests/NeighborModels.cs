using Attune.Format.Specification;

namespace Attune.Tests;

/// <summary>Small nearest-neighbours classifiers, and pipelines that end in one, written field by field.</summary>
internal static class NeighborModels
{
    /// <summary>Samples with strings as labels, under <c>x</c>; gives <c>label</c> and <c>labelProbs</c>.</summary>
    public static Model Classifier(int dimensions, params (string Label, float[] Values)[] samples)
    {
        var message = new KNearestNeighborsClassifier
        {
            NearestNeighborsIndex = Index(dimensions, samples.Select(sample => sample.Values)),
            NumberOfNeighbors = new() { DefaultValue = 3, Range = new() { MinValue = 1, MaxValue = 10 } },
            StringClassLabels = new() { Vector = { samples.Select(sample => sample.Label) } },
            DefaultStringLabel = "unknown",
            InverseDistanceWeighting = new(),
        };
        return Whole(message, dimensions, new() { StringType = new() }, new() { StringKeyType = new() });
    }

    /// <summary>The same with integers as labels.</summary>
    public static Model Numbered(int dimensions, params (long Label, float[] Values)[] samples)
    {
        var message = new KNearestNeighborsClassifier
        {
            NearestNeighborsIndex = Index(dimensions, samples.Select(sample => sample.Values)),
            NumberOfNeighbors = new() { DefaultValue = 3, Set = new() { Values = { 1, 3, 5 } } },
            Int64ClassLabels = new() { Vector = { samples.Select(sample => sample.Label) } },
            DefaultInt64Label = -1,
            UniformWeighting = new(),
        };
        return Whole(message, dimensions, new() { Int64Type = new() }, new() { Int64KeyType = new() });
    }

    /// <summary>A network that doubles two numbers, and a classifier of what it makes.</summary>
    public static Model Doubled(params (string Label, float[] Values)[] samples)
    {
        Model network = Line2();
        Model classifier = Classifier(2, samples);
        Rename(classifier.Description.Input[0], "embedding");
        Rename(classifier.Description.TrainingInput[0], "embedding");
        return Pipeline(
            new() { PipelineClassifier = new() { Pipeline = new() { Models = { network, classifier } } } },
            network, classifier);
    }

    /// <summary>The description of a pipeline: what its first model takes, and what its last one gives and
    /// learns.</summary>
    public static Model Pipeline(Model pipeline, Model first, Model last)
    {
        pipeline.SpecificationVersion = 4;
        pipeline.IsUpdatable = last.IsUpdatable;
        pipeline.Description = last.Description.Clone();
        pipeline.Description.Input.Clear();
        pipeline.Description.Input.Add(first.Description.Input);
        if (last.IsUpdatable)
        {
            pipeline.Description.TrainingInput.RemoveAt(0);
            pipeline.Description.TrainingInput.Insert(0, first.Description.Input[0]);
        }
        return pipeline;
    }

    /// <summary>embedding = 2·x, two numbers.</summary>
    public static Model Line2()
    {
        var network = new NeuralNetwork();
        network.Layers.Add(TestModels.Dense("double", "x", "embedding", 2, 2, [2, 0, 0, 2], [0, 0]));
        network.Layers[0].IsUpdatable = false;
        var model = new Model { SpecificationVersion = 4, NeuralNetwork = network, Description = new() };
        model.Description.Input.Add(TestModels.Array("x", 2));
        model.Description.Output.Add(TestModels.Array("embedding", 2));
        return model;
    }

    public static void Rename(FeatureDescription feature, string name) => feature.Name = name;

    public static IMLFeatureProvider Point(params float[] values) =>
        TestModels.Sample(("x", TestModels.Tensor(values, values.Length)));

    public static MLArrayBatchProvider Samples(params (string Label, float[] Values)[] samples) =>
        new(samples.Select(sample => TestModels.Sample(
            ("x", TestModels.Tensor(sample.Values, sample.Values.Length)),
            ("label", MLFeatureValue.FromString(sample.Label)))));

    public static async Task<MLModel> Update(
        MLModel model, IMLBatchProvider samples, MLModelConfiguration? configuration = null) =>
        (await new MLUpdateTask(model, samples, configuration).RunAsync()).Model;

    public static string LabelOf(MLModel model, params float[] values) =>
        model.Prediction(Point(values)).GetFeatureValue("label")!.StringValue;

    public static IReadOnlyDictionary<object, double> SharesOf(MLModel model, params float[] values) =>
        model.Prediction(Point(values)).GetFeatureValue("labelProbs")!.DictionaryValue;

    private static NearestNeighborsIndex Index(int dimensions, IEnumerable<float[]> samples) => new()
    {
        NumberOfDimensions = dimensions,
        FloatSamples = { samples.Select(values => new FloatVector { Vector = { values } }) },
        LinearIndex = new(),
        SquaredEuclideanDistance = new(),
    };

    private static Model Whole(
        KNearestNeighborsClassifier message, int dimensions, FeatureType label, DictionaryFeatureType probabilities)
    {
        var model = new Model
        {
            SpecificationVersion = 4, IsUpdatable = true, KNearestNeighborsClassifier = message,
            Description = new() { PredictedFeatureName = "label", PredictedProbabilitiesName = "labelProbs" },
        };
        var labelFeature = new FeatureDescription { Name = "label", Type = label };
        model.Description.Input.Add(TestModels.Array("x", dimensions));
        model.Description.Output.Add(labelFeature);
        model.Description.Output.Add(
            new FeatureDescription { Name = "labelProbs", Type = new() { DictionaryType = probabilities } });
        model.Description.TrainingInput.Add(TestModels.Array("x", dimensions));
        model.Description.TrainingInput.Add(labelFeature);
        return model;
    }
}
