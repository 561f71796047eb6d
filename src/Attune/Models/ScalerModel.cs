using System.Globalization;
using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>scaler</c>: y = (x + shift) · scale, each one number for all elements or one per element; 0 and 1 where the file
/// has none. An integer that would lose its fraction is refused, as the format asks for.
/// </summary>
internal sealed class ScalerModel : FeatureModel
{
    private readonly MLFeatureDescription input;
    private readonly NumberRow row;
    private readonly double[] shift;
    private readonly double[] scale;
    private readonly MLFeatureDescription outputDescription;
    private readonly NumberOutput output;

    /// <exception cref="MLModelFormatException">The numbers of shifts or scales do not fit the input.</exception>
    public ScalerModel(ModelContext context)
    {
        Scaler scaler = context.Model.Scaler;
        var model = new Interface(context);
        input = model.Input(MLFeatureType.Double, MLFeatureType.Int64, MLFeatureType.MultiArray);
        row = new NumberRow(model);
        shift = [.. scaler.ShiftValue.DefaultIfEmpty(0)];
        scale = [.. scaler.ScaleValue.DefaultIfEmpty(1)];
        Require(model, shift.Length, "shiftValue");
        Require(model, scale.Length, "scaleValue");
        outputDescription = model.Output(MLFeatureType.Double, MLFeatureType.Int64, MLFeatureType.MultiArray);
        output = NumberOutput.Of(model, outputDescription, row.Count);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        double[] numbers = row.Read(inputs);
        if ((shift.Length > 1 && shift.Length != numbers.Length)
            || (scale.Length > 1 && scale.Length != numbers.Length))
            throw InputFeatures.Refusal(
                input.Name, $"takes {Math.Max(shift.Length, scale.Length)} elements", $"{numbers.Length}");
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = (numbers[i] + shift[shift.Length == 1 ? 0 : i]) * scale[scale.Length == 1 ? 0 : i];
        if (outputDescription.Type == MLFeatureType.Int64 && !IsInteger(numbers[0]))
            throw InputFeatures.Refusal(
                input.Name,
                $"takes numbers whose scaled value is an integer, for the output '{output.Name}'",
                string.Create(CultureInfo.InvariantCulture, $"one that becomes {numbers[0]}"));
        outputs.Add(output.Name, output.Make(numbers));
    }

    private static bool IsInteger(double number) => number == NumberOutput.Rounded(number);

    private void Require(Interface model, int count, string field)
    {
        if (count > 1 && row.Count is { } size && count != size)
            throw model.Wrong($"takes one value, or {size}, in {field}; the file has {count}", field);
    }
}
