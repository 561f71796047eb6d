using Attune;
using DigitPersonalization.Data;

namespace DigitPersonalization;

/// <summary>Digits that measure a model: none of them is ever trained on.</summary>
internal sealed class TestDigits
{
    private readonly MLArrayBatchProvider inputs;
    private readonly byte[] labels;

    private TestDigits(DigitSet digits)
    {
        labels = digits.Labels;
        inputs = new MLArrayBatchProvider(Enumerable.Range(0, digits.Count).Select(index => Input(digits, index)));
    }

    public int Count => labels.Length;

    /// <summary>Reads a pair of IDX files.</summary>
    public static TestDigits Read(string prefix) => new(DigitSet.Read(prefix));

    /// <summary>The share of digits that the model reads right, 0 to 1.</summary>
    public double Accuracy(MLModel model)
    {
        IMLBatchProvider outputs = model.Predictions(inputs);
        int right = 0;
        for (int i = 0; i < Count; i++)
            if (new UpdatableMNISTDigitClassifierOutput(outputs.GetFeatures(i)).Digit == $"{labels[i]}")
                right++;
        return (double)right / Count;
    }

    /// <summary>Whether two models give the very same probabilities for the first 200 digits.</summary>
    public bool PredictSameBits(MLModel one, MLModel other) => Enumerable.Range(0, Math.Min(200, Count)).All(index =>
        Probabilities(one, inputs.GetFeatures(index)).SequenceEqual(Probabilities(other, inputs.GetFeatures(index))));

    private static IEnumerable<long> Probabilities(MLModel model, IMLFeatureProvider input) =>
        new UpdatableMNISTDigitClassifierOutput(model.Prediction(input)).DigitProbabilities
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => BitConverter.DoubleToInt64Bits(entry.Value));

    private static UpdatableMNISTDigitClassifierInput Input(DigitSet digits, int index)
    {
        var image = new MLPixelBuffer(DigitSet.Side, DigitSet.Side, MLPixelFormat.OneComponent8);
        for (int y = 0; y < DigitSet.Side; y++)
            digits.Image(index).Slice(y * DigitSet.Side, DigitSet.Side).CopyTo(image.GetRow(y));
        return new UpdatableMNISTDigitClassifierInput(image);
    }
}
