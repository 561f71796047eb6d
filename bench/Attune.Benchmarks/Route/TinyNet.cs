using Attune.Authoring;

namespace Attune.Benchmarks.Route;

/// <summary>A network that is made here, for trying the benchmark where the model files are absent.</summary>
internal static class TinyNet
{
    public static BenchmarkNet Description => new("tiny", "tiny", "input", [16], "probabilities")
    {
        Target = "probabilities_true",
        Optimizer = "sgd",
        Layers = ["dense_1", "dense_2"],
        Tail = ["dense_2"],
    };

    public static MLModel Build() => new NetworkBuilder()
        .AddArrayInput("input", [16])
        .InnerProduct("dense_1", 8, Initializer.HeNormal(seed: 1), Initializer.Zeros)
        .ReLU("relu_1")
        .InnerProduct("dense_2", 10, Initializer.HeNormal(seed: 2), Initializer.Zeros)
        .Softmax("softmax_1", output: "probabilities")
        .AddOutput("probabilities")
        .MakeUpdatable("dense_1", "dense_2")
        .CategoricalCrossEntropyLoss("loss", "probabilities")
        .Sgd(0.01, TrainingParameter.Int64(32, 1, 1024), 0.9)
        .Epochs(TrainingParameter.Int64(10, 1, 1000))
        .Build();
}
