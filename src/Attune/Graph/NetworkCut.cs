namespace Attune.Graph;

/// <summary>
/// A network cut in two for training: the <see cref="Prefix"/>, whose values no trainable parameter changes, and the
/// <see cref="Suffix"/>, which starts at the values where the two touch. What the wanted value does not need is in
/// neither.
/// </summary>
/// <param name="Prefix">Gives the inputs of the suffix, in their order; some may be inputs of the network
/// itself.</param>
/// <param name="Suffix">Gives the wanted value, and nothing else.</param>
internal sealed record NetworkCut(Network Prefix, Network Suffix)
{
    public static NetworkCut At(Network network, Value wanted, IReadOnlySet<Parameter> trainable)
    {
        IReadOnlyList<Node> needed = network.Ancestors([wanted]);
        var changing = new HashSet<Value>();
        var suffix = new List<Node>();
        var prefix = new List<Node>();
        foreach (Node node in needed)
        {
            if (!node.Layer.Parameters.Any(trainable.Contains) && !node.Inputs.Any(changing.Contains))
            {
                prefix.Add(node);
                continue;
            }
            suffix.Add(node);
            changing.UnionWith(node.Outputs);
        }

        Value[] boundary =
            [.. suffix.SelectMany(node => node.Inputs).Where(value => !changing.Contains(value)).Distinct()];
        return new NetworkCut(
            new Network(network.Inputs, prefix, boundary),
            new Network(boundary, suffix, [wanted]));
    }
}
