using System.Numerics.Tensors;

namespace Attune.Lowering;

/// <summary>
/// How a vector of probabilities becomes a label and a dictionary. The first of equal largest ones wins.
/// </summary>
internal sealed class Classifier
{
    private readonly MLModelDescription description;
    private readonly Dictionary<object, int> indices = [];
    private readonly MLFeatureValue[] labelValues;

    public Classifier(MLModelDescription description, IReadOnlyList<object> labels)
    {
        this.description = description;
        Labels = labels;
        labelValues = [.. labels.Select(label => label is string text
            ? MLFeatureValue.FromString(text)
            : MLFeatureValue.FromInt64((long)label))];
        string?[] names = [description.PredictedFeatureName, description.PredictedProbabilitiesName];
        Names = [.. names.OfType<string>()];
        for (int i = 0; i < labels.Count; i++)
            indices.TryAdd(labels[i], i);
    }

    /// <summary>Strings, or integers as <see cref="long"/>, in the order of the probabilities.</summary>
    public IReadOnlyList<object> Labels { get; }

    /// <summary>The place of a label; -1 if there is no such label.</summary>
    public int IndexOf(object label) => indices.GetValueOrDefault(label, -1);

    /// <summary>The features that it makes: the label and, if the model has such an output, the probabilities.
    /// </summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Writes one value for each of <see cref="Names"/>.</summary>
    public void Read(ReadOnlySpan<float> probabilities, Span<MLFeatureValue> values)
    {
        if (probabilities.Length != Labels.Count)
            throw new MLModelFormatException(
                $"The classifier has {Labels.Count} labels; for this input the network makes {probabilities.Length} " +
                "probabilities.");
        int best = Math.Max(TensorPrimitives.IndexOfMax(probabilities), 0);
        int next = 0;
        if (description.PredictedFeatureName is not null)
            values[next++] = labelValues[best];
        if (description.PredictedProbabilitiesName is not null)
            values[next] = Labels[best] is string
                ? MLFeatureValue.FromDictionary(ByLabel<string>(probabilities))
                : MLFeatureValue.FromDictionary(ByLabel<long>(probabilities));
    }

    private Dictionary<TLabel, double> ByLabel<TLabel>(ReadOnlySpan<float> probabilities) where TLabel : notnull
    {
        var byLabel = new Dictionary<TLabel, double>(Labels.Count);
        for (int i = 0; i < Labels.Count; i++)
            byLabel.TryAdd((TLabel)Labels[i], probabilities[i]);
        return byLabel;
    }
}
