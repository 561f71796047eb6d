namespace Attune.Cli.Prediction;

/// <summary>Values of features as plain objects that any text can be made of.</summary>
internal static class OutputValues
{
    public static object? Of(MLFeatureValue? value) => value switch
    {
        null or { IsUndefined: true } => null,
        { MultiArrayValue: { } array } => Nested(Numbers(array), [.. array.Shape], axis: 0, first: 0),
        { ImageBufferValue: { } image } => new { image.Width, image.Height },
        { SequenceValue: { } sequence } when sequence.Type == MLFeatureType.Int64 => sequence.Int64Values,
        { SequenceValue: { } sequence } => sequence.StringValues,
        { Type: MLFeatureType.Int64 } => value.Int64Value,
        { Type: MLFeatureType.Double } => value.DoubleValue,
        { Type: MLFeatureType.String } => value.StringValue,
        { Type: MLFeatureType.Dictionary } => value.DictionaryValue.ToDictionary(
            entry => FormattableString.Invariant($"{entry.Key}"), entry => entry.Value),
        _ => value.ToString(),
    };

    /// <summary>The elements in row-major order.</summary>
    public static double[] Numbers(MLMultiArray array)
    {
        var numbers = new double[array.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = array[i];
        return numbers;
    }

    private static object Nested(double[] numbers, int[] shape, int axis, int first)
    {
        if (axis == shape.Length)
            return numbers[first];
        int step = 1;
        for (int inner = axis + 1; inner < shape.Length; inner++)
            step *= shape[inner];
        var parts = new object[shape[axis]];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = Nested(numbers, shape, axis + 1, first + i * step);
        return parts;
    }
}
