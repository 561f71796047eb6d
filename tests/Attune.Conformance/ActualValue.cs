namespace Attune.Conformance;

/// <summary>Makes the kinds of values that cases have of what a model gives.</summary>
internal static class ActualValue
{
    public static CaseValue Of(MLFeatureValue value) => value.Type switch
    {
        MLFeatureType.MultiArray => Tensor(value.MultiArrayValue!),
        MLFeatureType.Double => new NumberValue(value.DoubleValue),
        MLFeatureType.Int64 => new NumberValue(value.Int64Value),
        MLFeatureType.String => new TextValue(value.StringValue),
        MLFeatureType.Dictionary => new DictionaryValue(value.DictionaryValue),
        MLFeatureType.Sequence => new SequenceValue(
            [
                .. value.SequenceValue!.StringValues,
                .. value.SequenceValue.Int64Values.Select(number => (object)number),
            ]),
        MLFeatureType.Image => Image(value.ImageBufferValue!),
        _ => throw new InvalidDataException($"A value of the kind {value.Type} has nothing to be compared with."),
    };

    private static TensorValue Tensor(MLMultiArray array)
    {
        var numbers = new double[array.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = array[i];
        return new TensorValue([.. array.Shape], $"{array.DataType}", numbers);
    }

    /// <summary>Coloured images as RGB, gray ones as they are.</summary>
    private static ImageValue Image(MLPixelBuffer image)
    {
        bool colour = image.PixelFormat == MLPixelFormat.Bgra32;
        var pixels = new List<byte>();
        for (int y = 0; y < image.Height; y++)
            if (colour)
                for (int x = 0; x < image.Width; x++)
                    pixels.AddRange([image.GetRow(y)[4 * x + 2], image.GetRow(y)[4 * x + 1], image.GetRow(y)[4 * x]]);
            else
                pixels.AddRange(image.GetRow(y));
        return new ImageValue(colour ? "RGB" : "L", image.Width, image.Height, [.. pixels]);
    }
}
