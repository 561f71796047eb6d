namespace Attune.Features;

/// <summary>Plain objects as feature values.</summary>
internal static class FeatureValues
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted =
        "an integer, a float or double, a string, an MLMultiArray, an MLPixelBuffer, an MLSequence, a dictionary of "
        + "doubles by string or long, or an MLFeatureValue";

    /// <summary>The value of a plain object; null if it is of none of the accepted kinds.</summary>
    public static MLFeatureValue? TryFrom(object? value) => value switch
    {
        MLFeatureValue feature => feature,
        long or int or short or sbyte or byte or ushort or uint =>
            MLFeatureValue.FromInt64(Convert.ToInt64(value, null)),
        double number => MLFeatureValue.FromDouble(number),
        float number => MLFeatureValue.FromDouble(number),
        Half number => MLFeatureValue.FromDouble((double)number),
        string text => MLFeatureValue.FromString(text),
        MLMultiArray array => MLFeatureValue.FromMultiArray(array),
        MLPixelBuffer image => MLFeatureValue.FromPixelBuffer(image),
        MLSequence sequence => MLFeatureValue.FromSequence(sequence),
        IReadOnlyDictionary<string, double> dictionary => MLFeatureValue.FromDictionary(dictionary),
        IReadOnlyDictionary<long, double> dictionary => MLFeatureValue.FromDictionary(dictionary),
        _ => null,
    };

    /// <exception cref="MLFeatureException">The object is of none of the accepted kinds.</exception>
    public static MLFeatureValue From(object? value, string featureName, int? sampleIndex = null)
    {
        if (TryFrom(value) is { } feature)
            return feature;
        string got = value?.GetType().Name ?? "null";
        throw MLFeatureException.Of(featureName, $"takes {Accepted}", got, sampleIndex);
    }
}
