using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>nonMaximumSuppression</c>: of boxes that overlap by more than a threshold keeps the one of most confidence; with
/// <c>perClass</c> only boxes of one class, that of most confidence, suppress each other. Boxes are [N×4] (centre x, y,
/// width, height), confidences [N×C]. Rows come in falling order of confidence. Where an output declares a number of
/// rows, more are cut off, and missing ones are zeros.
/// </summary>
internal sealed class NonMaximumSuppressionModel : FeatureModel
{
    // Declared rows beyond it are no number of boxes; and rows times classes beyond it would be gigabytes of zeros.
    private const int MostPadding = 1 << 20;
    private const int MostElements = 1 << 26;

    private readonly NonMaximumSuppression file;
    private readonly MLFeatureDescription confidences;
    private readonly MLFeatureDescription boxes;
    private readonly MLFeatureDescription? overlapThreshold;
    private readonly MLFeatureDescription? confidenceThreshold;
    private readonly NumberOutput confidenceOutput;
    private readonly NumberOutput boxOutput;
    private readonly MLSizeRange rows;

    public NonMaximumSuppressionModel(ModelContext context)
    {
        file = context.Model.NonMaximumSuppression;
        var model = new Interface(context);
        confidences = model.Input(file.ConfidenceInputFeatureName, MLFeatureType.MultiArray)
            ?? throw model.Wrong("takes the name of its confidences", "confidenceInputFeatureName");
        boxes = model.Input(file.CoordinatesInputFeatureName, MLFeatureType.MultiArray)
            ?? throw model.Wrong("takes the name of its boxes", "coordinatesInputFeatureName");
        // The file may name inputs that its description does not offer: then its own thresholds hold.
        overlapThreshold = Threshold(context, file.IouThresholdInputFeatureName, model);
        confidenceThreshold = Threshold(context, file.ConfidenceThresholdInputFeatureName, model);
        if (!(file.IouThreshold is >= 0 and <= 1))
            throw model.Wrong($"takes an iouThreshold from 0 to 1; the file says {file.IouThreshold}", "iouThreshold");
        if (!(file.ConfidenceThreshold >= 0))
            throw model.Wrong(
                $"takes a confidenceThreshold of 0 or more; the file says {file.ConfidenceThreshold}",
                "confidenceThreshold");
        MLFeatureDescription first = model.Output(file.ConfidenceOutputFeatureName, MLFeatureType.MultiArray)
            ?? throw model.Wrong("takes the name of its confidence output", "confidenceOutputFeatureName");
        MLFeatureDescription second = model.Output(file.CoordinatesOutputFeatureName, MLFeatureType.MultiArray)
            ?? throw model.Wrong("takes the name of its box output", "coordinatesOutputFeatureName");
        confidenceOutput = NumberOutput.Of(model, first, count: null);
        boxOutput = NumberOutput.Of(model, second, count: null);
        rows = RowsOf(first) ?? RowsOf(second) ?? new MLSizeRange(0, -1);
        if (RowsOf(first) is { } one && RowsOf(second) is { } other && one != other)
            throw model.Wrong($"gives as many boxes as confidences; its outputs have {one} and {other}", "description");
        if (rows.LowerBound > MostPadding)
            throw model.Wrong($"gives at most {MostPadding} rows; its outputs have {rows}", "description");
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        double[] confidence = Table(inputs, confidences, columns: null, out int classes);
        double[] box = Table(inputs, boxes, columns: 4, out _);
        int count = box.Length / 4;
        if (confidence.Length != (long)count * classes)
            throw InputFeatures.Refusal(
                boxes.Name, $"takes a box for each of {confidence.Length / Math.Max(classes, 1)} rows of confidences",
                $"{count}");
        int[] kept = new BoxSuppression(box, confidence, classes, file.PickTop?.PerClass == true).Keep(
            Value(inputs, overlapThreshold, file.IouThreshold, most: 1),
            Value(inputs, confidenceThreshold, file.ConfidenceThreshold, most: double.PositiveInfinity));
        int most = rows.UpperBound < 0 ? kept.Length : (int)Math.Min(kept.Length, rows.UpperBound);
        int shown = (int)Math.Max(most, rows.LowerBound);
        if ((long)shown * classes > MostElements)
            throw InputFeatures.Refusal(
                confidences.Name, $"takes at most {MostElements / shown} classes, as {shown} rows are to be made",
                $"{classes}");
        Add(outputs, confidenceOutput, confidence, kept.AsSpan(0, most), shown, classes);
        Add(outputs, boxOutput, box, kept.AsSpan(0, most), shown, columns: 4);
    }

    private static void Add(
        OutputFeatures outputs, NumberOutput output, double[] table, ReadOnlySpan<int> kept, int rows, int columns)
    {
        var numbers = new double[rows * columns];
        for (int i = 0; i < kept.Length; i++)
            table.AsSpan(kept[i] * columns, columns).CopyTo(numbers.AsSpan(i * columns));
        outputs.Add(output.Name, MLFeatureValue.FromMultiArray(output.ArrayOf(numbers, [rows, columns])));
    }

    /// <summary>A table's numbers, row by row; leading axes of size 1 do not count, and one axis is one
    /// column.</summary>
    private static double[] Table(InputFeatures inputs, MLFeatureDescription input, int? columns, out int width)
    {
        MLMultiArray array = inputs.Get(input)?.MultiArrayValue
            ?? throw InputFeatures.Refusal(input.Name, "takes an array", "nothing");
        int[] shape = [.. array.Shape];
        while (shape.Length > 2 && shape[0] == 1)
            shape = shape[1..];
        width = shape.Length == 2 ? shape[1] : 1;
        if (shape.Length > 2 || (columns is { } wanted && width != wanted))
            throw InputFeatures.Refusal(
                input.Name, $"takes a table of {(columns is null ? "boxes × classes" : $"boxes × {columns}")}",
                $"{array}");
        var numbers = new double[array.Count];
        array.CopyTo(numbers);
        return numbers;
    }

    private static double Value(InputFeatures inputs, MLFeatureDescription? input, double ownValue, double most)
    {
        if (input is null || inputs.Get(input) is not { } value)
            return ownValue;
        return value.DoubleValue >= 0 && value.DoubleValue <= most
            ? value.DoubleValue
            : throw InputFeatures.Refusal(input.Name, $"takes a number from 0 to {most}", $"{value}");
    }

    private static MLFeatureDescription? Threshold(ModelContext context, string name, Interface model) =>
        context.Description.InputDescriptionsByName.ContainsKey(name) ? model.Input(name, MLFeatureType.Double) : null;

    private static MLSizeRange? RowsOf(MLFeatureDescription output)
    {
        MLMultiArrayConstraint array = output.MultiArrayConstraint!;
        return array.ShapeConstraint.SizeRangeForDimension is { Count: > 0 } ranges ? ranges[0]
            : array.Shape.Count > 0 ? MLSizeRange.Exactly(array.Shape[0])
            : null;
    }
}
