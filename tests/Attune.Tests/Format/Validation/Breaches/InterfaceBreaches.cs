using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on features that a model's type asks for.</summary>
internal static class InterfaceBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new("interface.count", Models.Normalizer, model => model.Description.Input.Add(TestModels.Array("z", 2))),
        new("interface.type", Models.Normalizer, model => model.Description.Input[0] = Number("x")),
        new(
            "classifier.labels",
            Models.LinearClassifier,
            model => model.GlmClassifier.StringClassLabels.Vector.Clear()),
        new(
            "classifier.output",
            Models.LinearClassifier,
            model => model.Description.PredictedFeatureName = ""),
        new(
            "classifier.probabilities",
            Models.LinearClassifier,
            model => model.Description.PredictedProbabilitiesName = "label"),
        new("regressor.output", Models.LinearRegressor, model => model.Description.PredictedFeatureName = ""),
    ];
}
