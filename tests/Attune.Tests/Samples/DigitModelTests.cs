using Attune.Format;
using Attune.Format.Specification;
using Attune.Tests.Architecture;
using DigitPersonalization.BaseModel;

namespace Attune.Tests.Samples;

/// <summary>
/// The model of the sample is the one that its program writes down, with trained weights in it; nothing else is.
/// </summary>
public sealed class DigitModelTests
{
    private static readonly string Committed =
        Repository.Place("samples", "DigitPersonalization", "UpdatableMNISTDigitClassifier.mlmodel");

    private static readonly Lazy<Model> Message = new(() => Model.Parser.ParseFrom(File.ReadAllBytes(Committed)));

    private static readonly Lazy<MLModelDescription> Description = new(() => MLModel.Load(Committed).ModelDescription);

    private static NeuralNetworkClassifier Network => Message.Value.NeuralNetworkClassifier;

    [Fact]
    public void But_for_its_weights_it_is_the_untrained_model()
    {
        Model made = Untrained();
        Model committed = Message.Value.Clone();
        int[] madeSizes = [.. TakeWeights(made)];
        int[] committedSizes = [.. TakeWeights(committed)];

        Assert.Equal(made, committed);
        Assert.Equal(madeSizes, committedSizes);
        // weights and biases of four layers
        Assert.Equal([288, 32, 18_432, 64, 1_179_648, 128, 1_280, 10], committedSizes);
    }

    [Fact]
    public void Its_weights_are_trained()
    {
        NeuralNetworkClassifier untrained = Untrained().NeuralNetworkClassifier;

        for (int i = 0; i < Network.Layers.Count; i++)
        {
            IEnumerable<WeightParams> before = WeightsOf(untrained.Layers[i]);
            foreach ((WeightParams made, WeightParams trained) in before.Zip(WeightsOf(Network.Layers[i])))
            {
                Assert.NotEqual(made.FloatValue, trained.FloatValue);
                Assert.All(trained.FloatValue, value => Assert.True(float.IsFinite(value)));
            }
        }
    }

    [Theory]
    [InlineData(0, "conv2d_1", "convolution", 320)] // 32·1·3·3 + 32
    [InlineData(1, "conv2d_1__activation__", "activation", 0)]
    [InlineData(2, "conv2d_2", "convolution", 18_496)] // 64·32·3·3 + 64
    [InlineData(3, "conv2d_2__activation__", "activation", 0)]
    [InlineData(4, "max_pooling2d_1", "pooling", 0)]
    [InlineData(5, "flatten_1", "flatten", 0)]
    [InlineData(6, "dense_1", "innerProduct", 1_179_776)] // 128·9216 + 128
    [InlineData(7, "dense_1__activation__", "activation", 0)]
    [InlineData(8, "dense_2", "innerProduct", 1_290)] // 10·128 + 10
    [InlineData(9, "dense_2__activation__", "softmax", 0)]
    public void It_has_ten_layers(int index, string name, string kind, int parameters)
    {
        NeuralNetworkLayer layer = Network.Layers[index];

        Assert.Equal(10, Network.Layers.Count);
        Assert.Equal(name, layer.Name);
        Assert.Equal(kind, LayerKind.Of(layer));
        Assert.Equal(parameters, WeightsOf(layer).Sum(weights => weights.FloatValue.Count));
        Assert.Equal(kind == "innerProduct", layer.IsUpdatable);
        Assert.All(WeightsOf(layer), weights => Assert.Equal(kind == "innerProduct", weights.IsUpdatable));
    }

    [Fact]
    public void It_is_an_updatable_classifier_of_version_4()
    {
        Assert.Equal(4, Message.Value.SpecificationVersion);
        Assert.True(Message.Value.IsUpdatable);
        Assert.Empty(Network.Preprocessing); // pixels enter as they are, 0 to 255
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], Network.StringClassLabels.Vector);
        Assert.Equal(FlattenLayerParams.Types.FlattenOrder.ChannelLast, Network.Layers[5].Flatten.Mode);
    }

    [Fact]
    public void It_takes_a_gray_image_and_gives_a_digit()
    {
        MLFeatureDescription image = Assert.Single(Description.Value.InputDescriptionsByName.Values);
        Assert.Equal("'image' takes a gray image of 28×28 pixels", image.ToString());
        Assert.Equal(
            [("digit", MLFeatureType.String), ("digitProbabilities", MLFeatureType.Dictionary)],
            Description.Value.OutputDescriptionsByName.Values.Select(output => (output.Name, output.Type)));
        Assert.Equal(["image", "digit"], Description.Value.TrainingInputDescriptionsByName.Keys);
        Assert.Equal("digit", Description.Value.PredictedFeatureName);
        Assert.Equal("digitProbabilities", Description.Value.PredictedProbabilitiesName);
    }

    [Theory]
    [InlineData("learningRate", "learningRate = 0.01 (0 to 1)")]
    [InlineData("miniBatchSize", "miniBatchSize = 32 (32)")]
    [InlineData("momentum", "momentum = 0 (0 to 1)")]
    [InlineData("epochs", "epochs = 10 (10)")]
    [InlineData("shuffle", "shuffle = True")]
    public void Its_parameters_are_those_of_the_example(string name, string expected)
    {
        MLParameterDescription parameter =
            Description.Value.ParameterDescriptionsByKey.Values.Single(candidate => candidate.Key.Name == name);

        Assert.Equal(expected, parameter.ToString());
    }

    [Fact]
    public void Its_loss_is_a_cross_entropy_of_the_probabilities()
    {
        LossLayer loss = Assert.Single(Network.UpdateParams.LossLayers);

        Assert.Equal("digitProbabilities", loss.CategoricalCrossEntropyLossLayer.Input);
        Assert.Equal("digitProbabilities_true", loss.CategoricalCrossEntropyLossLayer.Target);
        Assert.NotNull(Network.UpdateParams.Optimizer.SgdOptimizer);
    }

    private static Model Untrained()
    {
        using var bytes = new MemoryStream();
        DigitClassifier.Untrained().BuildDocument().Write(bytes);
        return Model.Parser.ParseFrom(bytes.ToArray());
    }

    /// <summary>Takes the numbers out of all layers; how many there were, in order.</summary>
    private static IEnumerable<int> TakeWeights(Model model)
    {
        foreach (WeightParams weights in model.NeuralNetworkClassifier.Layers.SelectMany(WeightsOf))
        {
            int count = weights.FloatValue.Count;
            weights.FloatValue.Clear();
            yield return count;
        }
    }

    private static IEnumerable<WeightParams> WeightsOf(NeuralNetworkLayer layer) => layer switch
    {
        { Convolution: { } convolution } => [convolution.Weights, convolution.Bias],
        { InnerProduct: { } dense } => [dense.Weights, dense.Bias],
        _ => [],
    };
}
