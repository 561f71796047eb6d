using Attune.Authoring;

namespace Attune.Tests.Authoring;

/// <summary>
/// The updatable digit classifier of Core ML's own walk-through, with untrained weights: two convolutions that stay
/// as they are, two dense layers that learn.
/// </summary>
internal static class DigitClassifier
{
    private static readonly string[] Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>The model, with weights from a seed.</summary>
    public static NetworkBuilder Author(long seed)
    {
        Initializer weights = Initializer.HeNormal(seed);
        return new NetworkBuilder()
            .AddImageInput("image", width: 28, height: 28, ImageColorSpace.Grayscale)
            // Pixels come in from 0 to 255.
            .Convolution("conv2d_1", 32, kernel: 3, weights.Scaled(1 / 255f), Initializer.Zeros)
            .ReLU("conv2d_1__activation__")
            .Convolution("conv2d_2", 64, kernel: 3, weights, Initializer.Zeros)
            .ReLU("conv2d_2__activation__")
            .Pooling("max_pooling2d_1", PoolingType.Max, kernel: 2)
            .Flatten("flatten_1", ChannelOrder.ChannelLast)
            .InnerProduct("dense_1", 128, weights, Initializer.Zeros)
            .ReLU("dense_1__activation__")
            .InnerProduct("dense_2", 10, weights, Initializer.Zeros)
            .Softmax("dense_2__activation__", output: "digitProbabilities")
            .Classifier(Digits, predictedFeatureName: "digit", probabilitiesName: "digitProbabilities")
            .MakeUpdatable("dense_1", "dense_2")
            .CategoricalCrossEntropyLoss("lossLayer")
            .Sgd(learningRate: 0.01, miniBatchSize: 32)
            .Epochs(10)
            .Description("Recognises handwritten digits, and learns a person's own.")
            .Describe("image", "A white digit on black, 28 by 28 pixels")
            .Describe("digit", "The digit")
            .Describe("digitProbabilities", "How likely each digit is");
    }
}
