using Attune.Authoring;
using Attune.Format.Specification;

namespace Attune.Tests.Authoring;

/// <summary>What a draft writes, and what it predicts.</summary>
internal static class Authored
{
    /// <summary>The message in the file, weights included.</summary>
    public static Model Written<TDraft>(this ModelDraft<TDraft> draft) where TDraft : ModelDraft<TDraft>
    {
        using var bytes = new MemoryStream();
        draft.BuildDocument().Write(bytes);
        return Model.Parser.ParseFrom(bytes.ToArray());
    }

    /// <summary>The output of a model with the one input <c>x</c>, saved and loaded in between.</summary>
    public static float[] Predict(this NetworkBuilder draft, params float[] x)
    {
        using var bytes = new MemoryStream();
        draft.BuildDocument().Write(bytes);
        MLModel model = MLModel.Load(bytes.ToArray());
        var input =
            new MLMultiArray(x, [.. model.ModelDescription.InputDescriptionsByName["x"].MultiArrayConstraint!.Shape]);
        IMLFeatureProvider output = model.Prediction(
            new MLDictionaryFeatureProvider { ["x"] = MLFeatureValue.FromMultiArray(input) });
        string name = model.ModelDescription.OutputDescriptionsByName.Keys.Single();
        MLMultiArray array = output.GetFeatureValue(name)!.MultiArrayValue!;
        return array.AsSpan<float>().ToArray();
    }

    /// <summary>An updatable network of two dense layers, which a test then spoils.</summary>
    public static NetworkBuilder Regressor() => new NetworkBuilder()
        .AddArrayInput("x", [2])
        .InnerProduct("first", 3, Initializer.GlorotUniform(1), Initializer.Zeros)
        .ReLU("relu")
        .InnerProduct("second", 1, Initializer.GlorotUniform(1), Initializer.Zeros)
        .MakeUpdatable("first", "second")
        .MeanSquaredErrorLoss("loss")
        .Sgd()
        .Epochs(5);
}
