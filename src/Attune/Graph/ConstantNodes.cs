namespace Attune.Graph;

/// <summary>
/// Nodes that depend on no input, so that a plan computes them once: constants of the file and what is made of
/// constants alone.
/// </summary>
internal static class ConstantNodes
{
    public static Node[] Of(IReadOnlyList<Node> nodes)
    {
        var constant = new HashSet<Value>();
        var found = new List<Node>();
        foreach (Node node in nodes)
        {
            if (!node.Inputs.All(constant.Contains))
                continue;
            constant.UnionWith(node.Outputs);
            found.Add(node);
        }
        return [.. found];
    }
}
