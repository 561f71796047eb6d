using System.Collections.ObjectModel;

namespace Attune;

/// <summary>
/// What a model says about itself: inputs, outputs, what it learns from, its parameters, its author. Immutable.
/// </summary>
/// <remarks>Core ML: <c>MLModelDescription</c>. Ours lists the parameters of every updatable model.</remarks>
public sealed class MLModelDescription
{
    internal MLModelDescription()
    {
    }

    /// <summary>What a prediction takes, by name, in the order of the file.</summary>
    public IReadOnlyDictionary<string, MLFeatureDescription> InputDescriptionsByName { get; internal init; } = None;

    /// <summary>What a prediction gives, by name, in the order of the file.</summary>
    public IReadOnlyDictionary<string, MLFeatureDescription> OutputDescriptionsByName { get; internal init; } = None;

    /// <summary>What a training sample holds, by name, in the order of the file; empty if the model is not
    /// updatable.</summary>
    public IReadOnlyDictionary<string, MLFeatureDescription> TrainingInputDescriptionsByName { get; internal init; } =
        None;

    /// <summary>What the model keeps between predictions, by name, in the order of the file.</summary>
    public IReadOnlyDictionary<string, MLFeatureDescription> StateDescriptionsByName { get; internal init; } = None;

    /// <summary>The output that holds a classifier's label; null if the model is no classifier.</summary>
    public string? PredictedFeatureName { get; internal init; }

    /// <summary>The output that holds the probabilities of the labels; null if there is none.</summary>
    public string? PredictedProbabilitiesName { get; internal init; }

    /// <summary>A classifier's labels, all <see cref="string"/> or all <see cref="long"/>, in the order of its outputs;
    /// null if the model is no classifier.</summary>
    public IReadOnlyList<object>? ClassLabels { get; internal init; }

    /// <summary>Whether the file says that the model can be updated.</summary>
    public bool IsUpdatable { get; internal init; }

    /// <summary>The parameters that can be read and set; empty if there are none.</summary>
    public IReadOnlyDictionary<MLParameterKey, MLParameterDescription> ParameterDescriptionsByKey
    {
        get;
        internal init;
    } = ReadOnlyDictionary<MLParameterKey, MLParameterDescription>.Empty;

    /// <summary>What the author says about the model.</summary>
    public MLModelMetadata Metadata { get; internal init; } = new();

    /// <summary>The same with other labels, which a classifier has learnt.</summary>
    internal MLModelDescription WithClassLabels(IReadOnlyList<object> labels) => new()
    {
        InputDescriptionsByName = InputDescriptionsByName,
        OutputDescriptionsByName = OutputDescriptionsByName,
        TrainingInputDescriptionsByName = TrainingInputDescriptionsByName,
        StateDescriptionsByName = StateDescriptionsByName,
        PredictedFeatureName = PredictedFeatureName,
        PredictedProbabilitiesName = PredictedProbabilitiesName,
        ClassLabels = labels,
        IsUpdatable = IsUpdatable,
        ParameterDescriptionsByKey = ParameterDescriptionsByKey,
        Metadata = Metadata,
    };

    private static ReadOnlyDictionary<string, MLFeatureDescription> None =>
        ReadOnlyDictionary<string, MLFeatureDescription>.Empty;

    /// <summary>Descriptions by name, in their own order.</summary>
    /// <exception cref="ArgumentException">Two have one name.</exception>
    internal static IReadOnlyDictionary<string, MLFeatureDescription> ByName(
        IEnumerable<MLFeatureDescription> descriptions)
    {
        var byName = new OrderedDictionary<string, MLFeatureDescription>(StringComparer.Ordinal);
        foreach (MLFeatureDescription description in descriptions)
            byName.Add(description.Name, description);
        return new ReadOnlyDictionary<string, MLFeatureDescription>(byName);
    }

    /// <summary>Parameters by key, in their own order.</summary>
    /// <exception cref="ArgumentException">Two have one key.</exception>
    internal static IReadOnlyDictionary<MLParameterKey, MLParameterDescription> ByKey(
        IEnumerable<MLParameterDescription> descriptions)
    {
        var byKey = new OrderedDictionary<MLParameterKey, MLParameterDescription>();
        foreach (MLParameterDescription description in descriptions)
            byKey.Add(description.Key, description);
        return new ReadOnlyDictionary<MLParameterKey, MLParameterDescription>(byKey);
    }
}
