using Attune.Authoring;

namespace Attune.PublicApi.Tests;

/// <summary>A model that learns y = 2·x + 1 in no time, made by the public API.</summary>
internal static class Easy
{
    public static MLModel Model() => Builder().Build();

    public static NetworkBuilder Builder() => new NetworkBuilder()
        .AddArrayInput("x", [1])
        .InnerProduct("line", 1, Initializer.Zeros, Initializer.Zeros, output: "y")
        .AddOutput("y")
        .MakeUpdatable("line")
        .MeanSquaredErrorLoss("loss", "y")
        .Sgd(learningRate: 0.2, miniBatchSize: 2)
        .Epochs(50, 1, 2, 3, 4, 50);

    public static MLArrayBatchProvider Samples() => new(Enumerable.Range(0, 8).Select(index => Sample(index / 8f)));

    public static MLDictionaryFeatureProvider Sample(float x) => new()
    {
        ["x"] = One(x),
        ["y_true"] = One(2 * x + 1),
    };

    public static MLMultiArray One(float number) => new(new[] { number }.AsMemory(), 1);

    public static double Predict(MLModel model, float x) => model
        .Prediction(new MLDictionaryFeatureProvider { ["x"] = One(x) })
        .GetFeatureValue("y")!.MultiArrayValue![0];
}
