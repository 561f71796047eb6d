namespace Attune.Graph;

/// <summary>
/// What lies between trainable parameters and a seed value: the nodes that a backward pass visits and the values that
/// need gradients. Everything else is left out of the pass.
/// </summary>
internal sealed class GradientPath
{
    private GradientPath(HashSet<Node> nodes, HashSet<Value> values)
    {
        Nodes = nodes;
        Values = values;
    }

    public IReadOnlySet<Node> Nodes { get; }

    public IReadOnlySet<Value> Values { get; }

    /// <exception cref="MLModelNotSupportedException">Nodes on the path have no gradient; all are named.</exception>
    public static GradientPath Find(
        IReadOnlyList<Node> nodes, Value seed, IReadOnlySet<Parameter> trainable, IReadOnlyList<Value> wantedInputs)
    {
        // Forward: what depends on something that wants a gradient.
        var dependent = new HashSet<Value>(wantedInputs);
        foreach (Node node in nodes)
            if (node.Layer.Parameters.Any(trainable.Contains) || node.Inputs.Any(dependent.Contains))
                dependent.UnionWith(node.Outputs);

        // Backward: what of that the seed depends on.
        var onPath = new HashSet<Node>();
        var reached = new HashSet<Value> { seed };
        foreach (Node node in nodes.Reverse())
        {
            if (!node.Outputs.Any(output => reached.Contains(output) && dependent.Contains(output)))
                continue;
            onPath.Add(node);
            reached.UnionWith(node.Outputs);
            reached.UnionWith(node.Inputs.Where(dependent.Contains));
        }

        RequireGradients(onPath);
        return new GradientPath(onPath, reached);
    }

    private static void RequireGradients(IEnumerable<Node> path)
    {
        string[] without =
        [
            .. path.Where(node => !node.Layer.HasGradient)
                .Select(node => node.Layer.ToString())
                .Order(StringComparer.Ordinal),
        ];
        if (without.Length > 0)
            throw new MLModelNotSupportedException(
                $"Training passes through layers that have no gradient: {string.Join(", ", without)}. " +
                "Train only layers that come after them, see MLUpdateOptions.TrainableLayers.",
                without);
    }
}
