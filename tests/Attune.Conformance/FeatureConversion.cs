using System.Globalization;

namespace Attune.Conformance;

/// <summary>
/// Makes features of a case's inputs: as the reference held them, in the kind that the model declares.
/// </summary>
internal static class FeatureConversion
{
    public static MLDictionaryFeatureProvider Provide(
        IReadOnlyDictionary<string, CaseValue> values, MLModelDescription model)
    {
        var features = new Dictionary<string, MLFeatureValue>();
        foreach ((string name, CaseValue value) in values)
        {
            MLFeatureDescription? description = model.InputDescriptionsByName.GetValueOrDefault(name);
            features[name] = Convert(value, description);
        }
        return new MLDictionaryFeatureProvider(features);
    }

    private static MLFeatureValue Convert(CaseValue value, MLFeatureDescription? description) =>
        (value, description?.Type) switch
        {
            (TensorValue tensor, MLFeatureType.Double) => MLFeatureValue.FromDouble(One(tensor)),
            (TensorValue tensor, MLFeatureType.Int64) => MLFeatureValue.FromInt64((long)One(tensor)),
            (TensorValue tensor, _) => Array(tensor.Shape, tensor.Numbers, description),
            (NumberValue number, MLFeatureType.Double) => MLFeatureValue.FromDouble(number.Number),
            (NumberValue number, MLFeatureType.MultiArray) => Array([], [number.Number], description),
            (NumberValue number, _) => MLFeatureValue.FromInt64((long)number.Number),
            (TextValue text, _) => MLFeatureValue.FromString(text.Text),
            (DictionaryValue dictionary, _) => Dictionary(dictionary, description),
            (SequenceValue sequence, _) => Sequence(sequence, description),
            (ImageValue image, _) => MLFeatureValue.FromPixelBuffer(Image(image, description)),
            _ => throw new InvalidDataException($"A value {value} cannot be given to a model."),
        };

    private static double One(TensorValue tensor) => tensor.Numbers.Length == 1
        ? tensor.Numbers[0]
        : throw new InvalidDataException($"The model takes one number; the case has {tensor}.");

    /// <summary>
    /// An array in the declared element type; one without axes becomes [1], as in Core ML's own Python tools.
    /// </summary>
    private static MLFeatureValue Array(int[] shape, double[] numbers, MLFeatureDescription? description)
    {
        MLMultiArrayDataType type = description?.MultiArrayConstraint?.DataType ?? MLMultiArrayDataType.Float32;
        var array = new MLMultiArray(shape.Length == 0 ? [1] : shape, type);
        for (int i = 0; i < numbers.Length; i++)
            array[i] = numbers[i];
        return MLFeatureValue.FromMultiArray(array);
    }

    /// <summary>
    /// Keys of the declared kind: a reference may have written the key 1 as "1", or the other way round.
    /// </summary>
    private static MLFeatureValue Dictionary(DictionaryValue dictionary, MLFeatureDescription? description) =>
        description?.DictionaryConstraint?.KeyType == MLFeatureType.Int64
            ? MLFeatureValue.FromDictionary(dictionary.Entries.ToDictionary(
                entry => System.Convert.ToInt64(entry.Key, CultureInfo.InvariantCulture), entry => entry.Value))
            : MLFeatureValue.FromDictionary(dictionary.Entries.ToDictionary(
                entry => System.Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry => entry.Value));

    private static MLFeatureValue Sequence(SequenceValue sequence, MLFeatureDescription? description) =>
        MLFeatureValue.FromSequence(
            description?.SequenceConstraint?.ValueDescription.Type == MLFeatureType.Int64
                ? MLSequence.FromInt64s(sequence.Elements.Cast<long>())
                : MLSequence.FromStrings(sequence.Elements.Cast<string>()));

    private static MLPixelBuffer Image(ImageValue image, MLFeatureDescription? description)
    {
        MLPixelFormat format = (image.Mode, description?.ImageConstraint?.PixelFormat) switch
        {
            ("RGB", _) => MLPixelFormat.Rgb24,
            ("RGBA", _) => MLPixelFormat.Rgba32,
            ("L", _) => MLPixelFormat.OneComponent8,
            ("F", MLPixelFormat.OneComponent16Half) => MLPixelFormat.OneComponent16Half,
            _ => throw new InvalidDataException($"Images of the mode '{image.Mode}' cannot be given to this model."),
        };
        return new MLPixelBuffer(
            image.Mode == "F" ? Halves(image.Pixels) : image.Pixels, image.Width, image.Height, format);
    }

    private static byte[] Halves(byte[] singles)
    {
        var halves = new byte[singles.Length / 2];
        for (int i = 0; i < halves.Length; i += 2)
            BitConverter.TryWriteBytes(halves.AsSpan(i), (Half)BitConverter.ToSingle(singles, i * 2));
        return halves;
    }
}
