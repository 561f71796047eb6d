namespace Attune.Cli.Benchmarking;

/// <summary>A sample that a model takes, of numbers that mean nothing: the same ones in every run.</summary>
internal static class SyntheticSample
{
    public static IMLFeatureProvider For(MLModelDescription model)
    {
        var values = new Dictionary<string, MLFeatureValue>();
        foreach (MLFeatureDescription feature in model.InputDescriptionsByName.Values)
            if (!feature.IsOptional)
                values[feature.Name] = Value(feature);
        return new MLDictionaryFeatureProvider(values);
    }

    private static MLFeatureValue Value(MLFeatureDescription feature) => feature.Type switch
    {
        MLFeatureType.Double => MLFeatureValue.FromDouble(0.5),
        MLFeatureType.Int64 => MLFeatureValue.FromInt64(1),
        MLFeatureType.String => MLFeatureValue.FromString("text"),
        MLFeatureType.MultiArray => MLFeatureValue.FromMultiArray(Array(feature.MultiArrayConstraint!)),
        MLFeatureType.Image => MLFeatureValue.FromPixelBuffer(Image(feature.ImageConstraint!)),
        MLFeatureType.Dictionary when feature.DictionaryConstraint!.KeyType == MLFeatureType.Int64 =>
            MLFeatureValue.FromDictionary(new Dictionary<long, double> { [1] = 1 }),
        MLFeatureType.Dictionary => MLFeatureValue.FromDictionary(new Dictionary<string, double> { ["key"] = 1 }),
        MLFeatureType.Sequence => MLFeatureValue.FromSequence(
            MLSequence.Empty(feature.SequenceConstraint!.ValueDescription.Type)),
        _ => throw new ToolException($"Feature {feature}; no value can be made up for it."),
    };

    private static MLMultiArray Array(MLMultiArrayConstraint constraint)
    {
        int[] shape = constraint.Shape.Count > 0 ? [.. constraint.Shape] : [1];
        var array = new MLMultiArray(shape, MLMultiArrayDataType.Float32);
        Span<float> numbers = array.AsSpan<float>();
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = i * 37 % 101 / 101f;
        return array;
    }

    private static MLPixelBuffer Image(MLImageConstraint constraint)
    {
        var image = new MLPixelBuffer(constraint.PixelsWide, constraint.PixelsHigh, constraint.PixelFormat);
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = image.GetRow(y);
            for (int x = 0; x < row.Length; x++)
                row[x] = (byte)((x * 7 + y * 13) % 256);
        }
        return image;
    }
}
