using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>
/// Goes over the layers of a network in their order, and over those of the networks inside them: each takes values that
/// are there, and makes new ones.
/// </summary>
/// <remarks>It calls itself for nested networks, which are as deep as messages may be: about thirty.</remarks>
internal static class NetworkValidation
{
    private const string InputMaker = "__input";

    public static void Check(ValidatedNetwork network, ValidationReport report)
    {
        report.Check(NetworkRules.Interface, network);

        var scope = new NetworkScope { IsExact = network.IsExact };
        foreach (FeatureDescription input in network.Description.Input)
            scope.Add(input.Name, InputMaker);
        if (network.IsExact)
            TakeRanks(network, scope);
        Dictionary<string, int> features = network.IsExact ? FeatureRanks(network) : [];
        var walk = new NetworkWalk(network.Model.Document, features, report);
        walk.Check(network.Network.Layers, $"{network.Where}.layers", scope);

        network.Scope = scope;
        report.Check(NetworkRules.Results, network);
        if (network.Model.Model.IsUpdatable)
            report.Check(UpdatableNetworkRules.All, new UpdatableNetwork(network));
    }

    private static void TakeRanks(ValidatedNetwork network, NetworkScope scope)
    {
        foreach ((string name, int rank) in FeatureRanks(network))
            scope.SetRank(name, rank);
    }

    private static Dictionary<string, int> FeatureRanks(ValidatedNetwork network)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (FeatureDescription input in network.Description.Input)
        {
            if (input.Type?.MultiArrayType is { } array)
                ranks[input.Name] = network.MapsArraysExactly ? array.Shape.Count : 5;
            else if (input.Type?.ImageType is not null)
                ranks[input.Name] = network.MapsImagesExactly ? 4 : 5;
        }
        foreach (FeatureDescription output in network.Description.Output)
            if (output.Type?.MultiArrayType is { Shape.Count: > 0 } array)
                ranks[output.Name] = array.Shape.Count;
        return ranks;
    }
}
