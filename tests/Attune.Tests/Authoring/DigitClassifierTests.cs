using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Tests.Authoring;

public sealed class DigitClassifierTests
{
    private static readonly Lazy<Model> Written = new(() =>
    {
        using var bytes = new MemoryStream();
        DigitClassifier.Author(seed: 1).BuildDocument().Write(bytes);
        return Model.Parser.ParseFrom(bytes.ToArray());
    });

    private static NeuralNetworkClassifier Network => Written.Value.NeuralNetworkClassifier;

    [Theory]
    [InlineData(0, "conv2d_1", "convolution")]
    [InlineData(1, "conv2d_1__activation__", "activation")]
    [InlineData(2, "conv2d_2", "convolution")]
    [InlineData(3, "conv2d_2__activation__", "activation")]
    [InlineData(4, "max_pooling2d_1", "pooling")]
    [InlineData(5, "flatten_1", "flatten")]
    [InlineData(6, "dense_1", "innerProduct")]
    [InlineData(7, "dense_1__activation__", "activation")]
    [InlineData(8, "dense_2", "innerProduct")]
    [InlineData(9, "dense_2__activation__", "softmax")]
    public void Layers_stand_in_order(int index, string name, string kind)
    {
        Assert.Equal(10, Network.Layers.Count);
        Assert.Equal(name, Network.Layers[index].Name);
        Assert.Equal(kind, LayerKind.Of(Network.Layers[index]));
    }

    [Theory]
    [InlineData("conv2d_1", 32, 26, 26)]
    [InlineData("conv2d_2", 64, 24, 24)]
    [InlineData("max_pooling2d_1", 64, 12, 12)]
    [InlineData("flatten_1", 9216, 1, 1)] // 64·12·12
    [InlineData("dense_1", 128, 1, 1)]
    [InlineData("digitProbabilities", 10, 1, 1)]
    public void Shapes_follow(string value, int channels, int height, int width)
    {
        Assert.Equal([1, 1, channels, height, width], DigitClassifier.Author(seed: 1).ShapeOf(value));
    }

    [Theory]
    [InlineData(0, 1, 32, 320)] // 32·1·3·3 + 32
    [InlineData(2, 32, 64, 18_496)] // 64·32·3·3 + 64
    public void Convolutions_are_valid_3_by_3_with_bias(int index, ulong inputs, ulong outputs, int parameters)
    {
        ConvolutionLayerParams convolution = Network.Layers[index].Convolution;

        Assert.Equal(inputs, convolution.KernelChannels);
        Assert.Equal(outputs, convolution.OutputChannels);
        Assert.Equal([3UL, 3UL], convolution.KernelSize);
        Assert.Equal([1UL, 1UL], convolution.Stride);
        Assert.Equal(1UL, convolution.NGroups);
        Assert.Equal(
            ConvolutionLayerParams.ConvolutionPaddingTypeOneofCase.Valid, convolution.ConvolutionPaddingTypeCase);
        Assert.All(
            convolution.Valid.PaddingAmounts.BorderAmounts_,
            edge => Assert.Equal(0UL, edge.StartEdgeSize + edge.EndEdgeSize));
        Assert.True(convolution.HasBias);
        Assert.Equal(parameters, convolution.Weights.FloatValue.Count + convolution.Bias.FloatValue.Count);
    }

    [Theory]
    [InlineData(6, 9216, 128, 1_179_776)] // 128·9216 + 128
    [InlineData(8, 128, 10, 1_290)] // 10·128 + 10
    public void Dense_layers_have_bias(int index, ulong inputs, ulong outputs, int parameters)
    {
        InnerProductLayerParams dense = Network.Layers[index].InnerProduct;

        Assert.Equal(inputs, dense.InputChannels);
        Assert.Equal(outputs, dense.OutputChannels);
        Assert.True(dense.HasBias);
        Assert.Equal(parameters, dense.Weights.FloatValue.Count + dense.Bias.FloatValue.Count);
    }

    [Fact]
    public void Activations_pooling_and_flatten_are_as_converted_from_Keras()
    {
        foreach (int index in new[] { 1, 3, 7 })
            Assert.Equal(
                ActivationParams.NonlinearityTypeOneofCase.ReLU, Network.Layers[index].Activation.NonlinearityTypeCase);
        PoolingLayerParams pooling = Network.Layers[4].Pooling;
        Assert.Equal(PoolingLayerParams.Types.PoolingType.Max, pooling.Type);
        Assert.Equal([2UL, 2UL], pooling.KernelSize);
        Assert.Equal([2UL, 2UL], pooling.Stride);
        Assert.Equal(PoolingLayerParams.PoolingPaddingTypeOneofCase.Valid, pooling.PoolingPaddingTypeCase);
        Assert.Equal(FlattenLayerParams.Types.FlattenOrder.ChannelLast, Network.Layers[5].Flatten.Mode);
    }

    [Fact]
    public void Only_the_dense_layers_and_their_numbers_are_updatable()
    {
        foreach (NeuralNetworkLayer layer in Network.Layers)
            Assert.Equal(layer.InnerProduct is not null, layer.IsUpdatable);
        foreach (int index in new[] { 6, 8 })
        {
            Assert.True(Network.Layers[index].InnerProduct.Weights.IsUpdatable);
            Assert.True(Network.Layers[index].InnerProduct.Bias.IsUpdatable);
        }
        foreach (int index in new[] { 0, 2 })
            Assert.False(Network.Layers[index].Convolution.Weights.IsUpdatable);
    }

    [Fact]
    public void It_is_an_updatable_classifier_of_version_4()
    {
        Assert.Equal(4, Written.Value.SpecificationVersion);
        Assert.True(Written.Value.IsUpdatable);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], Network.StringClassLabels.Vector);
        Assert.Equal("digitProbabilities", Network.LabelProbabilityLayerName);
        Assert.Empty(Network.Preprocessing);
        Assert.Equal(NeuralNetworkMultiArrayShapeMapping.Rank5ArrayMapping, Network.ArrayInputShapeMapping);
        Assert.Equal(NeuralNetworkImageShapeMapping.Rank5ImageMapping, Network.ImageInputShapeMapping);
    }

    [Fact]
    public void Its_interface_is_an_image_a_digit_and_probabilities()
    {
        ModelDescription description = Written.Value.Description;

        FeatureDescription image = Assert.Single(description.Input);
        Assert.Equal("image", image.Name);
        Assert.Equal(ImageFeatureType.Types.ColorSpace.Grayscale, image.Type.ImageType.ColorSpace);
        Assert.Equal((28, 28), (image.Type.ImageType.Width, image.Type.ImageType.Height));
        Assert.Equal(["digit", "digitProbabilities"], description.Output.Select(output => output.Name));
        Assert.NotNull(description.Output[0].Type.StringType);
        Assert.NotNull(description.Output[1].Type.DictionaryType.StringKeyType);
        Assert.Equal("digit", description.PredictedFeatureName);
        Assert.Equal("digitProbabilities", description.PredictedProbabilitiesName);
    }

    [Fact]
    public void A_training_sample_is_an_image_and_its_digit()
    {
        ModelDescription description = Written.Value.Description;

        Assert.Equal(["image", "digit"], description.TrainingInput.Select(input => input.Name));
        Assert.Equal(description.Input[0].Type, description.TrainingInput[0].Type);
        Assert.NotNull(description.TrainingInput[1].Type.StringType);
    }

    [Fact]
    public void It_learns_by_cross_entropy_and_gradient_descent()
    {
        NetworkUpdateParameters update = Network.UpdateParams;
        CategoricalCrossEntropyLossLayer loss = Assert.Single(update.LossLayers).CategoricalCrossEntropyLossLayer;
        SGDOptimizer sgd = update.Optimizer.SgdOptimizer;

        Assert.Equal(("digitProbabilities", "digitProbabilities_true"), (loss.Input, loss.Target));
        Assert.Equal(0.01, sgd.LearningRate.DefaultValue);
        Assert.Equal((0.0, 1.0), (sgd.LearningRate.Range.MinValue, sgd.LearningRate.Range.MaxValue));
        Assert.Equal(32, sgd.MiniBatchSize.DefaultValue);
        Assert.Equal([32L], sgd.MiniBatchSize.Set.Values);
        Assert.Equal(0.0, sgd.Momentum.DefaultValue);
        Assert.Equal((0.0, 1.0), (sgd.Momentum.Range.MinValue, sgd.Momentum.Range.MaxValue));
        Assert.Equal(10, update.Epochs.DefaultValue);
        Assert.Equal([10L], update.Epochs.Set.Values);
        Assert.True(update.Shuffle.DefaultValue);
        Assert.Null(update.Seed);
    }

    [Theory]
    [InlineData(0, 9, 255)] // 1·3·3 inputs to each output
    [InlineData(2, 288, 1)] // 32·3·3
    [InlineData(6, 9216, 1)]
    [InlineData(8, 128, 1)]
    public void Weights_have_the_spread_of_He(int index, int fanIn, int divisor)
    {
        NeuralNetworkLayer layer = Network.Layers[index];
        float[] weights = [.. (layer.Convolution?.Weights ?? layer.InnerProduct.Weights).FloatValue];
        double expected = Math.Sqrt(2.0 / fanIn) / divisor;

        double mean = weights.Average(value => (double)value);
        double deviation = Math.Sqrt(weights.Average(value => (value - mean) * (value - mean)));

        // The deviation of n normal numbers is off by 1/√(2n) on average: 4 % for the 288 of the first layer; four
        // times that.
        double slack = 4 / Math.Sqrt(2.0 * weights.Length);
        Assert.InRange(deviation, expected * (1 - slack), expected * (1 + slack));
        Assert.InRange(mean, -4 * expected / Math.Sqrt(weights.Length), 4 * expected / Math.Sqrt(weights.Length));
    }

    [Fact]
    public void Equal_seeds_give_equal_files_and_others_do_not()
    {
        Assert.Equal(Bytes(seed: 7), Bytes(seed: 7));
        Assert.NotEqual(Bytes(seed: 7), Bytes(seed: 8));
    }

    [Fact]
    public void It_predicts()
    {
        MLModel model = DigitClassifier.Author(seed: 1).Build();
        var image = new MLPixelBuffer(28, 28, MLPixelFormat.OneComponent8);
        for (int y = 0; y < 28; y++)
            image.GetRow(y).Fill((byte)(9 * y));

        IMLFeatureProvider output = model.Prediction(
            new MLDictionaryFeatureProvider { ["image"] = MLFeatureValue.FromPixelBuffer(image) });

        IReadOnlyDictionary<object, double> probabilities =
            output.GetFeatureValue("digitProbabilities")!.DictionaryValue;
        Assert.Equal(10, probabilities.Count);
        // ten float32 numbers that sum to 1
        Assert.Equal(1, probabilities.Values.Sum(), 1e-6);
        Assert.Equal(probabilities.MaxBy(entry => entry.Value).Key, output.GetFeatureValue("digit")!.StringValue);
    }

    private static byte[] Bytes(long seed)
    {
        using var bytes = new MemoryStream();
        DigitClassifier.Author(seed).BuildDocument().Write(bytes);
        return bytes.ToArray();
    }
}
