using Attune.Format.Specification;
using Element = Attune.Format.Specification.ArrayFeatureType.Types.ArrayDataType;
using Feature = Attune.Format.Specification.FeatureType.TypeOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on models that choose among the results of others.</summary>
internal static class SuppressionRules
{
    private const int Float32Boxes = 5;

    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } = OwnChecks.Follow(
    [
        new(
            "suppression.features",
            "The inputs and outputs of a suppression of boxes are those that it names: confidence and coordinates, " +
            "arrays, and thresholds, numbers.",
            "Correct the names and types.",
            Features),
        new(
            "suppression.thresholds",
            "The threshold of overlap is from 0 to 1, that of confidence not negative.",
            "Correct iouThreshold and confidenceThreshold.",
            Thresholds),
        new(
            "suppression.elements",
            "All arrays of a suppression have elements of one type, DOUBLE or, from version 5, FLOAT32.",
            "Correct dataType.",
            Elements),
        new(
            "suppression.shapes",
            "Where the outputs of a suppression have shapes, they have two axes and agree in the first.",
            "Correct the shapes.",
            Shapes),
        new(
            "thresholding.curves",
            "A choice by confidence has curves, with as many thresholds as values, none negative.",
            "Correct precisionRecallCurves.",
            Curves),
    ]);

    private static IEnumerable<Flaw> Features(ValidatedModel model)
    {
        if (model.Model.NonMaximumSuppression is not { } nms)
            return [];
        return Wrong(
                "Input",
                model.Description.Input,
                [nms.ConfidenceInputFeatureName, nms.CoordinatesInputFeatureName],
                [nms.IouThresholdInputFeatureName, nms.ConfidenceThresholdInputFeatureName])
            .Concat(Wrong(
                "Output",
                model.Description.Output,
                [nms.ConfidenceOutputFeatureName, nms.CoordinatesOutputFeatureName],
                []));
    }

    private static IEnumerable<Flaw> Wrong(
        string role,
        IReadOnlyList<FeatureDescription> features,
        string[] arrays,
        string[] numbers)
    {
        foreach (string name in arrays)
            if (features.All(feature => feature.Name != name))
                yield return new Flaw($"A suppression of boxes takes '{name}'; the description has no such feature.");
        foreach (FeatureDescription feature in features)
        {
            Feature expected = arrays.Contains(feature.Name) ? Feature.MultiArrayType : Feature.DoubleType;
            if (!arrays.Contains(feature.Name) && !numbers.Contains(feature.Name))
                yield return new Flaw($"{role} '{feature.Name}' is none of those that a suppression of boxes names.");
            else if (feature.Type?.TypeCase != expected)
                yield return new Flaw($"{role} '{feature.Name}' is a {expected}; got {feature.Type?.TypeCase}.");
        }
    }

    private static IEnumerable<Flaw> Thresholds(ValidatedModel model)
    {
        if (model.Model.NonMaximumSuppression is not { } nms)
            yield break;
        if (!(nms.IouThreshold >= 0 && nms.IouThreshold <= 1))
            yield return new Flaw(
                FormattableString.Invariant($"A threshold of overlap is from 0 to 1; got {nms.IouThreshold}."),
                "iouThreshold");
        if (!(nms.ConfidenceThreshold >= 0))
            yield return new Flaw(
                FormattableString.Invariant($"A threshold of confidence is 0 or more; got {nms.ConfidenceThreshold}."),
                "confidenceThreshold");
    }

    private static IEnumerable<Flaw> Elements(ValidatedModel model)
    {
        if (model.Model.NonMaximumSuppression is null)
            yield break;
        Element[] types =
        [
            .. model.Description.Input.Concat(model.Description.Output)
                .Select(feature => feature.Type?.MultiArrayType).OfType<ArrayFeatureType>()
                .Select(array => array.DataType).Distinct(),
        ];
        bool isKnown = types is [Element.Double]
            || (types is [Element.Float32] && model.Model.SpecificationVersion >= Float32Boxes);
        if (!isKnown)
            yield return new Flaw($"A suppression of boxes takes arrays of one type; got {string.Join(", ", types)}.");
    }

    private static IEnumerable<Flaw> Shapes(ValidatedModel model)
    {
        if (model.Model.NonMaximumSuppression is not { } nms
            || Array(model, nms.ConfidenceOutputFeatureName) is not { } confidence
            || Array(model, nms.CoordinatesOutputFeatureName) is not { } coordinates)
            yield break;
        int flexible = Rank(confidence);
        if ((confidence.Shape.Count, flexible) is not ((0, 0) or (2, 0) or (0, 2)))
            yield return new Flaw(
                "The confidence of a suppression has two axes, in a shape or in a range; got others.");
        else if (confidence.Shape.Count == 2
            && (coordinates.Shape.Count == 0 || coordinates.Shape[0] != confidence.Shape[0]))
            yield return new Flaw("Confidence and coordinates have as many boxes; the shapes differ.");
        else if (flexible == 2 && (confidence.ShapeRange is null || coordinates.ShapeRange is null))
            yield return new Flaw("Confidence and coordinates have ranges of sizes; got a list of shapes.");
    }

    private static IEnumerable<Flaw> Curves(ValidatedModel model)
    {
        if (model.Model.ClassConfidenceThresholding is not { } thresholding)
            yield break;
        if (thresholding.PrecisionRecallCurves.Count == 0)
            yield return new Flaw("A choice by confidence takes curves; got none.", "precisionRecallCurves");
        for (int i = 0; i < thresholding.PrecisionRecallCurves.Count; i++)
        {
            PrecisionRecallCurve curve = thresholding.PrecisionRecallCurves[i];
            if (!Fit(curve.PrecisionValues, curve.PrecisionConfidenceThresholds)
                || !Fit(curve.RecallValues, curve.RecallConfidenceThresholds))
                yield return new Flaw(
                    "A curve takes numbers from 0, and a threshold for each; got others.",
                    $"precisionRecallCurves[{i}]");
        }
    }

    private static bool Fit(FloatVector? values, FloatVector? thresholds) =>
        values is { Vector.Count: > 0 }
        && thresholds?.Vector.Count == values.Vector.Count
        && values.Vector.Concat(thresholds.Vector).All(value => float.IsFinite(value) && value >= 0);

    private static ArrayFeatureType? Array(ValidatedModel model, string output) =>
        model.Description.Output.FirstOrDefault(feature => feature.Name == output)?.Type?.MultiArrayType;

    private static int Rank(ArrayFeatureType array) => array switch
    {
        { EnumeratedShapes.Shapes: [var first, ..] } => first.Shape_.Count,
        { ShapeRange: { } range } => range.SizeRanges.Count,
        _ => 0,
    };
}
