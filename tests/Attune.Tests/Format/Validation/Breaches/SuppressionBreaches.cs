using Attune.Format.Specification;
using Element = Attune.Format.Specification.ArrayFeatureType.Types.ArrayDataType;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on models that choose among the results of others.</summary>
internal static class SuppressionBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new("suppression.features", Boxes, model => model.Description.Input.Add(Number("other"))),
        new("suppression.thresholds", Boxes, model => model.NonMaximumSuppression.IouThreshold = 2),
        new(
            "suppression.elements",
            Boxes,
            model => model.Description.Input[0].Type.MultiArrayType.DataType = Element.Double),
        new("suppression.shapes", Boxes, model => model.Description.Output[1].Type.MultiArrayType.Shape[0] = 6),
        new(
            "thresholding.curves",
            () => Models.Of(TestModels.Array("x", 2), TestModels.Array("y", 2), model =>
                model.ClassConfidenceThresholding = new() { PrecisionRecallCurves = { Curve() } }),
            model => model.ClassConfidenceThresholding.PrecisionRecallCurves.Clear()),
    ];

    // Five boxes of two classes.
    private static Model Boxes()
    {
        Model model = Models.Of(TestModels.Array("confidence", 5, 2), TestModels.Array("best", 5, 2), model =>
            model.NonMaximumSuppression = new()
            {
                IouThreshold = 0.5, ConfidenceThreshold = 0.5,
                ConfidenceInputFeatureName = "confidence", CoordinatesInputFeatureName = "coordinates",
                ConfidenceOutputFeatureName = "best", CoordinatesOutputFeatureName = "where",
            });
        model.Description.Input.Add(TestModels.Array("coordinates", 5, 4));
        model.Description.Output.Add(TestModels.Array("where", 5, 4));
        return model;
    }

    private static PrecisionRecallCurve Curve() => new()
    {
        PrecisionValues = new() { Vector = { 1 } }, PrecisionConfidenceThresholds = new() { Vector = { 0.5f } },
        RecallValues = new() { Vector = { 1 } }, RecallConfidenceThresholds = new() { Vector = { 0.5f } },
    };
}
