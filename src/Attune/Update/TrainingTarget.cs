using Attune.Arrays;
using Attune.Lowering;

namespace Attune.Update;

/// <summary>
/// Where the target of a sample comes from: the class label, a class index, or the wanted numbers themselves.
/// </summary>
internal sealed class TrainingTarget
{
    private readonly MLFeatureDescription description;
    private readonly Classifier? labels;
    private readonly bool isIndex;
    private readonly int limit;

    private TrainingTarget(MLFeatureDescription description, Classifier? labels, bool isIndex, int limit)
    {
        this.description = description;
        this.labels = labels;
        this.isIndex = isIndex;
        this.limit = limit;
    }

    /// <param name="definition">The loss and the feature that it names.</param>
    /// <param name="model">The training inputs.</param>
    /// <param name="classifier">The labels; null if the network is no classifier.</param>
    /// <param name="output">The shape of the value that the loss judges.</param>
    /// <exception cref="MLModelFormatException">The training inputs have no target for the loss.</exception>
    public static TrainingTarget Of(
        UpdateDefinition definition, MLModelDescription model, Classifier? classifier, Shape output)
    {
        bool isIndex = definition.Loss == LossKind.CategoricalCrossEntropy;
        string? label = isIndex && classifier is not null ? model.PredictedFeatureName : null;
        IReadOnlyDictionary<string, MLFeatureDescription> features = model.TrainingInputDescriptionsByName;
        if (definition.LossTarget != label
            && features.TryGetValue(definition.LossTarget, out MLFeatureDescription? target))
            return new TrainingTarget(target, null, isIndex, output.Count);
        if (label is not null && features.TryGetValue(label, out target))
            return classifier!.Labels.Count == output.Count
                ? new TrainingTarget(target, classifier, isIndex, output.Count)
                : throw new MLModelFormatException(
                    $"The loss judges {output.Count} values; the classifier has {classifier.Labels.Count} labels.",
                    definition.LossInput);

        throw new MLModelFormatException(
            $"The loss takes the training input '{definition.LossTarget}'" +
            (classifier is null ? "" : $" or the label '{model.PredictedFeatureName}'") +
            $"; the model's training inputs are {string.Join(", ", features.Keys)}.",
            definition.LossTarget);
    }

    /// <summary>Writes the target of one sample.</summary>
    /// <exception cref="MLFeatureException">It is missing, no label of the model, or of another shape.</exception>
    public void Write(IMLFeatureProvider sample, int index, Span<float> destination)
    {
        MLFeatureValue? value = sample.GetFeatureValue(description.Name);
        description.Require(value, index);
        if (value is null or { IsUndefined: true })
            throw Refuse(index, "a value in every sample", "nothing");

        if (labels is not null)
            destination[0] = IndexOfLabel(value, index);
        else if (isIndex)
            destination[0] = ClassIndex(value, index);
        else
            WriteNumbers(value, index, destination);
    }

    private int IndexOfLabel(MLFeatureValue value, int sample)
    {
        object label = value.Type == MLFeatureType.Int64 ? value.Int64Value : value.StringValue;
        int place = labels!.IndexOf(label);
        if (place < 0)
            throw Refuse(sample, $"one of the model's {labels.Labels.Count} labels", $"'{label}'");
        return place;
    }

    private int ClassIndex(MLFeatureValue value, int sample)
    {
        double number = value switch
        {
            { MultiArrayValue: { Count: 1 } array } => array[0],
            { Type: MLFeatureType.Int64 } => value.Int64Value,
            { Type: MLFeatureType.Double } => value.DoubleValue,
            _ => double.NaN,
        };
        if (!(number >= 0 && number < limit && number == Math.Floor(number)))
            throw Refuse(sample, $"one class index from 0 to {limit - 1}", value.ToString());
        return (int)number;
    }

    private void WriteNumbers(MLFeatureValue value, int sample, Span<float> destination)
    {
        if (value.MultiArrayValue is { } array && array.Count == destination.Length)
            array.CopyTo(destination);
        else if (value.Type == MLFeatureType.Double && destination.Length == 1)
            destination[0] = (float)value.DoubleValue;
        else if (value.Type == MLFeatureType.Int64 && destination.Length == 1)
            destination[0] = value.Int64Value;
        else
            throw Refuse(sample, $"{destination.Length} numbers, as many as the network makes", value.ToString());
    }

    private MLFeatureException Refuse(int sample, string takes, string got) =>
        new($"Sample {sample}: training input '{description.Name}' takes {takes}; got {got}.")
        {
            SampleIndex = sample,
            FeatureName = description.Name,
            Expected = takes,
            Got = got,
        };
}
