using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Small models of several types that keep all rules.</summary>
internal static class Models
{
    /// <summary>A model with one feature in and one out, of the newest version of the format.</summary>
    public static Model Of(FeatureDescription input, FeatureDescription output, Action<Model> fill)
    {
        var model = new Model { SpecificationVersion = 10, Description = new() };
        model.Description.Input.Add(input);
        model.Description.Output.Add(output);
        fill(model);
        return model;
    }

    /// <summary>Of a type that asks nothing of its features.</summary>
    public static Model Identity() => Of(Number("x"), Number("y"), model => model.Identity = new());

    /// <summary>With a state.</summary>
    public static Model Program() => Of(TestModels.Array("x", 1), TestModels.Array("y", 1), model =>
    {
        model.MlProgram = new();
        model.Description.State.Add(State("s"));
    });

    public static Model Normalizer() =>
        Of(TestModels.Array("x", 2), TestModels.Array("y", 2), model => model.Normalizer = new());

    /// <summary>Two classes by one row of weights.</summary>
    public static Model LinearClassifier() => Of(Number("x"), Text("label"), model =>
    {
        model.Description.PredictedFeatureName = "label";
        model.GlmClassifier = new()
        {
            Weights = { new GLMClassifier.Types.DoubleArray { Value = { 1 } } },
            Offset = { 0 },
            StringClassLabels = Labels(),
        };
    });

    public static Model LinearRegressor() => Of(Number("x"), Number("y"), model =>
    {
        model.Description.PredictedFeatureName = "y";
        model.GlmRegressor = new()
        {
            Weights = { new GLMRegressor.Types.DoubleArray { Value = { 1 } } },
            Offset = { 0 },
        };
    });

    public static StringVector Labels() => new() { Vector = { "a", "b" } };
}
