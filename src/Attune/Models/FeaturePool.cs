using System.Collections.ObjectModel;

namespace Attune.Models;

/// <summary>The features that a pipeline has by now: its inputs, and what its models have made, the newest of a
/// name.</summary>
internal sealed class FeaturePool : IMLFeatureProvider
{
    private readonly Dictionary<string, MLFeatureValue> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>The inputs that a model describes, checked.</summary>
    /// <exception cref="MLFeatureException">A value is missing, or is not what the model takes.</exception>
    public FeaturePool(IMLFeatureProvider inputs, MLModelDescription description, int? sample)
    {
        FeatureNames = new ReadOnlySet<string>(names);
        foreach (MLFeatureDescription input in description.InputDescriptionsByName.Values)
        {
            MLFeatureValue? value = inputs.GetFeatureValue(input.Name);
            input.Require(value, sample);
            if (value is not null)
                Set(input.Name, value);
        }
    }

    public IReadOnlySet<string> FeatureNames { get; }

    public MLFeatureValue? GetFeatureValue(string featureName) => values.GetValueOrDefault(featureName);

    /// <summary>Adds what a model has made.</summary>
    public void Add(PipelineStage stage, IMLFeatureProvider outputs)
    {
        foreach (string name in stage.Description.OutputDescriptionsByName.Keys)
            if (outputs.GetFeatureValue(name) is { } value)
                Set(name, value);
    }

    /// <summary>What is left of the features for whoever asked: a model's outputs.</summary>
    public MLDictionaryFeatureProvider Outputs(MLModelDescription description)
    {
        var outputs = new MLDictionaryFeatureProvider();
        foreach (string name in description.OutputDescriptionsByName.Keys)
            if (values.TryGetValue(name, out MLFeatureValue? value))
                outputs[name] = value;
        return outputs;
    }

    private void Set(string name, MLFeatureValue value)
    {
        values[name] = value;
        names.Add(name);
    }
}
