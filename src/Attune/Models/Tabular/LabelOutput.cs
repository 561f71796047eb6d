using System.Numerics.Tensors;
using Attune.Lowering;

namespace Attune.Models;

/// <summary>
/// The outputs of a classifier: the label of the largest number, the first of equal ones, and what each label got.
/// </summary>
internal sealed class LabelOutput
{
    private readonly object[] labels;
    private readonly string labelName;
    private readonly string? probabilitiesName;

    /// <exception cref="MLModelFormatException">There are no labels, one comes twice, or the outputs do not take
    /// them.</exception>
    public LabelOutput(ModelContext context, Interface model)
    {
        labels = [.. ClassLabels.Of(context.Model) ?? []];
        if (labels.Length == 0)
            throw model.Wrong("takes one class label or more; the file has none", "classLabels");
        if (labels.Distinct().Count() != labels.Length)
            throw model.Wrong("takes different class labels; one comes twice", "classLabels");
        MLFeatureType type = labels[0] is string ? MLFeatureType.String : MLFeatureType.Int64;
        string name = context.Description.PredictedFeatureName ?? "";
        MLFeatureDescription label = model.Output(name, type)
            ?? model.Outputs.FirstOrDefault(output => output.Type == type)
            ?? throw model.Wrong($"takes an output of kind {type} for the label; it has none", "description");
        labelName = label.Name;
        probabilitiesName =
            model.Output(context.Description.PredictedProbabilitiesName ?? "", MLFeatureType.Dictionary)?.Name;
    }

    public int Count => labels.Length;

    /// <summary>Whether the caller wants to know what each label got.</summary>
    public bool HasProbabilities => probabilitiesName is not null;

    /// <summary>Adds both; the label is that of the largest score, where scores are given.</summary>
    public void Add(OutputFeatures outputs, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> scores = default)
    {
        int best = Math.Max(0, TensorPrimitives.IndexOfMax(scores.IsEmpty ? probabilities : scores));
        outputs.Add(labelName, labels[best] is string text
            ? MLFeatureValue.FromString(text)
            : MLFeatureValue.FromInt64((long)labels[best]));
        if (probabilitiesName is null)
            return;
        outputs.Add(probabilitiesName, labels[best] is string
            ? MLFeatureValue.FromDictionary(ByLabel<string>(probabilities))
            : MLFeatureValue.FromDictionary(ByLabel<long>(probabilities)));
    }

    private Dictionary<TLabel, double> ByLabel<TLabel>(ReadOnlySpan<double> probabilities) where TLabel : notnull
    {
        var byLabel = new Dictionary<TLabel, double>(labels.Length);
        for (int i = 0; i < labels.Length; i++)
            byLabel.Add((TLabel)labels[i], probabilities[i]);
        return byLabel;
    }
}
