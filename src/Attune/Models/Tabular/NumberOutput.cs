namespace Attune.Models;

/// <summary>Numbers as the feature that the description declares: one number, or an array.</summary>
internal sealed class NumberOutput
{
    private readonly MLFeatureDescription description;

    private NumberOutput(MLFeatureDescription description) => this.description = description;

    public string Name => description.Name;

    /// <summary>The output of a regressor, or the only one.</summary>
    /// <exception cref="MLModelFormatException">There is none, or it cannot hold so many numbers.</exception>
    public static NumberOutput Predicted(ModelContext context, Interface model, int? count)
    {
        string name = context.Description.PredictedFeatureName ?? "";
        return Of(model, model.Output(name, Numbers) ?? model.Output(Numbers), count);
    }

    /// <summary>An output that holds so many numbers; null if their number is known only when they are there.</summary>
    /// <exception cref="MLModelFormatException">It cannot hold them.</exception>
    public static NumberOutput Of(Interface model, MLFeatureDescription output, int? count)
    {
        _ = model.Require(output, Numbers);
        if (count is { } made && NumberRow.SizeOf(output) is { } size && size != made)
            throw model.Wrong($"makes {made} numbers; its output '{output.Name}' holds {size}", output.Name);
        return new NumberOutput(output);
    }

    /// <summary>The feature. Integers are rounded half to even.</summary>
    /// <param name="numbers">As many as the output holds; the feature may alias them.</param>
    public MLFeatureValue Make(double[] numbers) => description.Type switch
    {
        MLFeatureType.Double => MLFeatureValue.FromDouble(numbers[0]),
        MLFeatureType.Int64 => MLFeatureValue.FromInt64(Rounded(numbers[0])),
        _ => MLFeatureValue.FromMultiArray(ArrayOf(numbers, ShapeFor(numbers.Length))),
    };

    /// <summary>The numbers as an array of the output's element type.</summary>
    public MLMultiArray ArrayOf(double[] numbers, ReadOnlySpan<int> shape)
    {
        if (description.MultiArrayConstraint!.DataType == MLMultiArrayDataType.Double)
            return new MLMultiArray(numbers.AsMemory(), shape);
        var array = new MLMultiArray(shape, description.MultiArrayConstraint.DataType);
        for (int i = 0; i < numbers.Length; i++)
            array[i] = numbers[i];
        return array;
    }

    public static long Rounded(double number) => long.CreateSaturating(Math.Round(number, MidpointRounding.ToEven));

    private static ReadOnlySpan<MLFeatureType> Numbers =>
        [MLFeatureType.Double, MLFeatureType.Int64, MLFeatureType.MultiArray];

    private int[] ShapeFor(int count) =>
        NumberRow.SizeOf(description) == count ? [.. description.MultiArrayConstraint!.Shape] : [count];
}
