using Attune.Authoring;

namespace Attune.Cli.Tests;

/// <summary>Small models that the tests make for themselves.</summary>
internal static class Models
{
    /// <summary>An updatable classifier of gray images of 28×28 pixels, with a convolution.</summary>
    public static NetworkBuilder Digits() => PlainDigits()
        .MakeUpdatable("dense")
        .CategoricalCrossEntropyLoss("loss")
        .Sgd(learningRate: 0.01, miniBatchSize: 10)
        .Epochs(TrainingParameter.Int64(3, 1, 100))
        .Describe("image", "A digit, white on black.");

    /// <summary>The same, not updatable.</summary>
    public static NetworkBuilder PlainDigits() => new NetworkBuilder()
        .AddImageInput("image", 28, 28)
        .ScaleImage(1 / 255f)
        .Convolution("conv", 4, 3, Initializer.GlorotUniform(seed: 1), Initializer.Zeros)
        .ReLU("relu")
        .Flatten("flatten")
        .InnerProduct("dense", 10, Initializer.GlorotUniform(seed: 2), Initializer.Zeros)
        .Softmax("probabilities")
        .Classifier(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], "digit", "probabilities");

    /// <summary>A classifier whose head is a convolution with a window of 1×1, before a global pooling, as
    /// SqueezeNet's.</summary>
    public static NetworkBuilder PooledDigits() => new NetworkBuilder()
        .AddImageInput("image", 28, 28)
        .ScaleImage(1 / 255f)
        .Convolution("features", 8, 5, Initializer.GlorotUniform(seed: 1), Initializer.Zeros)
        .ReLU("relu")
        .Convolution("filters", 20, 1, Initializer.GlorotUniform(seed: 2), Initializer.Zeros)
        .GlobalPooling("pool", PoolingType.Average)
        .Flatten("flatten")
        .Softmax("probabilities")
        .Classifier([.. Enumerable.Range(0, 20).Select(i => $"class {i}")], "digit", "probabilities");

    /// <summary>A dense layer of 64 inputs and 32 outputs that is not trained.</summary>
    public static NetworkBuilder Fixed() => new NetworkBuilder()
        .AddArrayInput("x", [64])
        .InnerProduct("dense", 32, Initializer.GlorotUniform(seed: 1), Initializer.Zeros)
        .AddOutput("dense");

    /// <summary>An updatable regressor that knows nothing yet: y = a·x1 + b·x2 + c.</summary>
    public static NetworkBuilder LearningLine() => new NetworkBuilder()
        .AddArrayInput("x", [2])
        .InnerProduct("line", 1, Initializer.Zeros, Initializer.Zeros)
        .AddOutput("line")
        .MakeUpdatable("line")
        .MeanSquaredErrorLoss("loss")
        .Sgd(learningRate: 0.1, miniBatchSize: 4)
        .Epochs(TrainingParameter.Int64(10, 1, 1000));

    /// <summary>y = 2·a + 3·b + 1 of an array [2].</summary>
    public static NetworkBuilder Line() => new NetworkBuilder()
        .AddArrayInput("x", [2])
        .InnerProduct("line", 1, Initializer.Of([2, 3]), Initializer.Of([1]))
        .AddOutput("line");

    /// <summary>The sum of two arrays [3].</summary>
    public static NetworkBuilder Sum() => new NetworkBuilder()
        .AddArrayInput("a", [3])
        .AddArrayInput("b", [3])
        .Add("sum", ["a", "b"])
        .AddOutput("sum");

    /// <summary>Saves a model below a folder and says where.</summary>
    public static string Save(this NetworkBuilder model, TemporaryFolder folder, string name = "Model.mlmodel")
    {
        model.Save(folder.Place(name));
        return folder.Place(name);
    }

    /// <summary>A hundred digits as PNG files, named after their labels: <c>7_4.png</c>.</summary>
    public static string DigitImages => Path.Combine(AppContext.BaseDirectory, "Digits");
}
