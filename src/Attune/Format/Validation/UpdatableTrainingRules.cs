using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Rules on what each training sample of an updatable network holds.</summary>
internal static class UpdatableTrainingRules
{
    public static IEnumerable<Flaw> Count(UpdatableNetwork network)
    {
        int count = network.Description.TrainingInput.Count;
        if (count < 2)
            yield return new Flaw($"An updatable model takes two or more training inputs; got {count}.");
    }

    public static IEnumerable<Flaw> Shared(UpdatableNetwork network)
    {
        // No input at all breaks one rule, not three.
        if (network.Description.TrainingInput.Count > 0
            && !network.Description.TrainingInput.Any(network.IsPredictionInput))
            yield return new Flaw(
                "At least one training input is an input of predictions, with its name and type; " +
                $"none of {Names(network)} is.");
    }

    public static IEnumerable<Flaw> New(UpdatableNetwork network)
    {
        if (network.Description.TrainingInput.Count > 0
            && network.Description.TrainingInput.All(network.IsPredictionInput))
            yield return new Flaw(
                "At least one training input is not an input of predictions, such as the target; " +
                $"{Names(network)} all are.");
    }

    public static IEnumerable<Flaw> Target(UpdatableNetwork network)
    {
        FeatureDescription[] own =
            [.. network.Description.TrainingInput.Where(input => !network.IsPredictionInput(input))];
        FeatureDescription[] labels = [.. own.Where(input => IsLabel(network, input))];
        foreach (LossLayer loss in network.Update.LossLayers)
            if (UpdatableNetwork.Ends(loss) is var (_, target)
                && (labels.Any(label => !HasLabelType(network, label))
                    || (labels.Length == 0 && own.All(input => input.Name != target))))
                yield return new Flaw(
                    $"Loss layer '{loss.Name}' takes the training input '{target}', or, in a classifier, the " +
                    $"label with its type; the training inputs are {Names(network)}.");
    }

    private static bool IsLabel(UpdatableNetwork network, FeatureDescription input) =>
        network.Network.Labels is not null
        && input.Name == network.Description.PredictedFeatureName
        && LabelOutputs(network).Any();

    private static bool HasLabelType(UpdatableNetwork network, FeatureDescription input) =>
        FeatureTypes.AreEquivalent(LabelOutputs(network).First().Type, input.Type);

    private static IEnumerable<FeatureDescription> LabelOutputs(UpdatableNetwork network) =>
        network.Description.Output.Where(output => output.Name == network.Description.PredictedFeatureName);

    private static string Names(UpdatableNetwork network) => network.Description.TrainingInput.Count == 0
        ? "no inputs"
        : string.Join(", ", network.Description.TrainingInput.Take(20).Select(input => $"'{input.Name}'"));
}
