using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>A loss layer that is to be written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsEntropy">A categorical cross entropy, or else a mean squared error.</param>
/// <param name="GivenInput">The value that it judges; null for the network's result.</param>
/// <param name="GivenTarget">The training input that says what the value should be; null for the usual name.</param>
internal sealed record LossDraft(string Name, bool IsEntropy, string? GivenInput, string? GivenTarget)
{
    public LossLayer ToMessage(NetworkSpecification network)
    {
        string input = Input(network);
        string target = Target(network);
        return IsEntropy
            ? new LossLayer
            {
                Name = Name,
                CategoricalCrossEntropyLossLayer =
                    new CategoricalCrossEntropyLossLayer { Input = input, Target = target },
            }
            : new LossLayer
            {
                Name = Name,
                MeanSquaredErrorLossLayer = new MeanSquaredErrorLossLayer { Input = input, Target = target },
            };
    }

    /// <summary>
    /// What a training sample holds beside the inputs of predictions: of a classifier's probabilities the label; else
    /// of a cross entropy one index, of a squared error an array like the value. Null if the value's shape is not
    /// known.
    /// </summary>
    public FeatureDescription? TargetFeature(Model model, NetworkSpecification network, Func<string, int[]?> shapeOf)
    {
        string input = Input(network);
        if (!IsEntropy)
            return shapeOf(input) is { } shape
                ? Features.Array(Target(network), shape, MLMultiArrayDataType.Double)
                : null;

        string label = model.Description.PredictedFeatureName;
        if (network.Labels is not null && input == Probabilities(network)
            && model.Description.Output.FirstOrDefault(output => output.Name == label) is { } output)
            return output.Clone();
        return Features.Array(Target(network), [1], MLMultiArrayDataType.Int32);
    }

    public string ShapeUnknown(NetworkSpecification network) =>
        $"Loss layer '{Name}' judges '{Input(network)}', whose shape is not known: it is neither an output of the " +
        "model nor reached through layers that are supported.";

    private static string Probabilities(NetworkSpecification network) =>
        network.ProbabilitiesName.Length > 0 ? network.ProbabilitiesName : Networks.LastValue(network.Layers);

    private string Input(NetworkSpecification network) =>
        GivenInput ?? (IsEntropy && network.Labels is not null
            ? Probabilities(network)
            : Networks.LastValue(network.Layers));

    private string Target(NetworkSpecification network) => GivenTarget ?? Input(network) + "_true";
}
