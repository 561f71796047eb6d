using System.Globalization;
using Attune;
using Attune.Authoring;

namespace DigitPersonalization.BaseModel;

/// <summary>
/// Core ML's example of an updatable model, <c>UpdatableMNISTDigitClassifier</c>: two convolutions that stay as they
/// are and two dense layers that learn. Raw pixels, 0 to 255, come in.
/// </summary>
internal static class DigitClassifier
{
    private const float PixelRange = 255;
    private static readonly string[] Labels =
        [.. Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture))];
    private static readonly string[] LayersWithWeights = ["conv2d_1", "conv2d_2", "dense_1", "dense_2"];

    /// <summary>
    /// The model before any training: He-normal weights; the first convolution's suit pixels of 0 to 255.
    /// </summary>
    public static NetworkBuilder Untrained() => Updatable(Layers(
        layer => layer == "conv2d_1" ? Initial(layer).Scaled(1 / PixelRange) : Initial(layer),
        _ => Initializer.Zeros));

    /// <summary>
    /// The same network for training all of its layers: it scales pixels to 0 to 1 before the first convolution, whose
    /// weights are then of the size of all others. One learning rate cannot serve weights that are 255 times smaller.
    /// </summary>
    public static NetworkBuilder Twin() => Layers(Initial, _ => Initializer.Zeros)
        .ScaleImage(1 / PixelRange)
        .MakeUpdatable(LayersWithWeights)
        .CategoricalCrossEntropyLoss("lossLayer", "digitProbabilities")
        .Sgd(learningRate: 0.01, miniBatchSize: 32, momentum: 0.9)
        .Epochs(3)
        .Shuffle(true);

    /// <summary>
    /// The model with the weights of its trained twin; the scale of the pixels moves into the first convolution.
    /// </summary>
    public static NetworkBuilder From(MLModel twin) => Updatable(Layers(
        layer => layer == "conv2d_1"
            ? Trained(twin, layer, MLParameterKey.Weights).Scaled(1 / PixelRange)
            : Trained(twin, layer, MLParameterKey.Weights),
        layer => Trained(twin, layer, MLParameterKey.Biases)));

    private static NetworkBuilder Layers(Func<string, Initializer> weights, Func<string, Initializer> biases) =>
        new NetworkBuilder()
            .AddImageInput("image", 28, 28)
            .Convolution("conv2d_1", 32, kernel: 3, weights("conv2d_1"), biases("conv2d_1"))
            .ReLU("conv2d_1__activation__")
            .Convolution("conv2d_2", 64, kernel: 3, weights("conv2d_2"), biases("conv2d_2"))
            .ReLU("conv2d_2__activation__")
            .Pooling("max_pooling2d_1", PoolingType.Max, kernel: 2, stride: 2)
            .Flatten("flatten_1", ChannelOrder.ChannelLast)
            .InnerProduct("dense_1", 128, weights("dense_1"), biases("dense_1"))
            .ReLU("dense_1__activation__")
            .InnerProduct("dense_2", 10, weights("dense_2"), biases("dense_2"))
            .Softmax("dense_2__activation__", output: "digitProbabilities")
            .Classifier(Labels, "digit", "digitProbabilities");

    private static NetworkBuilder Updatable(NetworkBuilder network) => network
        .MakeUpdatable("dense_1", "dense_2")
        .CategoricalCrossEntropyLoss("lossLayer", "digitProbabilities")
        .Sgd(learningRate: 0.01, miniBatchSize: 32, momentum: 0)
        .Epochs(10)
        .Shuffle(true)
        .Description("Reads handwritten digits, and learns how its user writes them.")
        .Author("The Attune authors; trained on the MNIST database of handwritten digits")
        .License("Weights derived from MNIST, CC BY-SA 3.0")
        .Version("1.0")
        .Describe("image", "A handwritten digit, white on black")
        .Describe("digit", "The likeliest digit")
        .Describe("digitProbabilities", "The probability of each digit");

    private static Initializer Initial(string layer) =>
        Initializer.HeNormal(seed: Array.IndexOf(LayersWithWeights, layer) + 1);

    private static Initializer Trained(MLModel twin, string layer, MLParameterKey key) =>
        (MLMultiArray)twin.ParameterValue(key.Scoped(layer));
}
