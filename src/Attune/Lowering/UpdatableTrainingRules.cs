using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>Rules on what each training sample of an updatable network holds.</summary>
internal static class UpdatableTrainingRules
{
    public static IEnumerable<string> Count(UpdatableNetwork network)
    {
        int count = network.Description.TrainingInput.Count;
        if (count < 2)
            yield return $"An updatable model takes two or more training inputs; got {count}.";
    }

    public static IEnumerable<string> Shared(UpdatableNetwork network)
    {
        // No input at all breaks one rule, not three.
        if (network.Description.TrainingInput.Count > 0
            && !network.Description.TrainingInput.Any(input => IsPredictionInput(network, input)))
            yield return "At least one training input is an input of predictions, with its name and type; " +
                $"none of {Names(network)} is.";
    }

    public static IEnumerable<string> New(UpdatableNetwork network)
    {
        if (network.Description.TrainingInput.Count > 0
            && network.Description.TrainingInput.All(input => IsPredictionInput(network, input)))
            yield return "At least one training input is not an input of predictions, such as the target; " +
                $"{Names(network)} all are.";
    }

    public static IEnumerable<string> Target(UpdatableNetwork network) =>
        from loss in network.Update.LossLayers
        let ends = UpdatableNetwork.Ends(loss)
        where ends is not null && !Has(network, ends.Value.Target) && !HasLabel(network)
        select $"Loss layer '{loss.Name}' takes the training input '{ends.Value.Target}', or, in a classifier, the " +
            $"label with its type; the training inputs are {Names(network)}.";

    private static bool Has(UpdatableNetwork network, string name) =>
        network.Description.TrainingInput.Any(input => input.Name == name);

    private static bool HasLabel(UpdatableNetwork network)
    {
        if (network.Network.Labels is null)
            return false;
        string label = network.Description.PredictedFeatureName;
        FeatureType? type = network.Description.Output.FirstOrDefault(output => output.Name == label)?.Type;
        return type is not null
            && network.Description.TrainingInput.Any(input => input.Name == label && type.Equals(input.Type));
    }

    private static bool IsPredictionInput(UpdatableNetwork network, FeatureDescription input) =>
        network.Description.Input.Any(other => other.Name == input.Name && Equals(other.Type, input.Type));

    private static string Names(UpdatableNetwork network) => network.Description.TrainingInput.Count == 0
        ? "no inputs"
        : string.Join(", ", network.Description.TrainingInput.Select(input => $"'{input.Name}'"));
}
