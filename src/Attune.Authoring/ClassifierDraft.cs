using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>How a network is to classify.</summary>
/// <param name="Labels">Strings or integers, in the order of the probabilities.</param>
/// <param name="HasStrings">Which of the two.</param>
/// <param name="PredictedFeatureName">The output that holds the label.</param>
/// <param name="ProbabilitiesName">The output that holds the probabilities; null: there is none.</param>
/// <param name="Value">The value that holds the probabilities; null: by the rules of <see cref="ValueAmong"/>.</param>
internal sealed record ClassifierDraft(
    object[] Labels, bool HasStrings, string PredictedFeatureName, string? ProbabilitiesName, string? Value)
{
    public ClassifierDraft(
        IEnumerable<string> labels, bool hasStrings, string label, string? probabilities, string? value)
        : this([.. labels.Cast<object>()], hasStrings, label, probabilities, value)
    {
    }

    public ClassifierDraft(
        IEnumerable<long> labels, bool hasStrings, string label, string? probabilities, string? value)
        : this([.. labels.Cast<object>()], hasStrings, label, probabilities, value)
    {
    }

    /// <summary>The value that holds the probabilities.</summary>
    public string ValueAmong(IReadOnlyList<NeuralNetworkLayer> layers, ValueShapes shapes) =>
        Value ?? (ProbabilitiesName is { } name && shapes.Contains(name) ? name : Networks.LastValue(layers));

    public IEnumerable<FeatureDescription> Outputs()
    {
        yield return Features.Label(PredictedFeatureName, HasStrings);
        if (ProbabilitiesName is { } name)
            yield return Features.Dictionary(name, HasStrings);
    }

    /// <summary>Writes the labels.</summary>
    public void WriteTo(NeuralNetworkClassifier network, string value)
    {
        network.LabelProbabilityLayerName = value;
        if (HasStrings)
        {
            network.StringClassLabels = new StringVector();
            network.StringClassLabels.Vector.AddRange(Labels.Cast<string>());
        }
        else
        {
            network.Int64ClassLabels = new Int64Vector();
            network.Int64ClassLabels.Vector.AddRange(Labels.Cast<long>());
        }
    }

    /// <summary>What is wrong with the labels.</summary>
    /// <param name="value">The value that holds the probabilities.</param>
    /// <param name="width">How many it has.</param>
    public IEnumerable<ModelProblem> Problems(string value, int width)
    {
        if (Labels.Length != width || width == 0)
            yield return new ModelProblem(
                "classifier.labels.count",
                $"A classifier takes a label for each probability; '{value}' has {width} and there are " +
                $"{Labels.Length} labels.");
        object[] repeated =
            [.. Labels.GroupBy(label => label).Where(same => same.Count() > 1).Select(same => same.Key)];
        if (repeated.Length > 0)
            yield return new ModelProblem(
                "classifier.labels.unique",
                "A classifier takes labels that differ; given more than once: " +
                $"{string.Join(", ", repeated.Select(label => $"'{label}'"))}.");
    }
}
