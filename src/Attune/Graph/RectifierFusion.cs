namespace Attune.Graph;

/// <summary>
/// Joins rectifiers with the layers before them, which then store max(0, y): one pass over the memory less.
/// </summary>
/// <remarks>
/// Given: convolution(x) -> y; ReLU(y) -> z, and nobody else reads y. Result: convolution(x), rectified -> z.
/// </remarks>
internal static class RectifierFusion
{
    public static IReadOnlyList<Node> Apply(IReadOnlyList<Node> nodes, IReadOnlyList<Value> outputs)
    {
        var uses = new Dictionary<Value, int>();
        foreach (Value value in nodes.SelectMany(node => node.Inputs).Concat(outputs))
            uses[value] = uses.GetValueOrDefault(value) + 1;

        var joined = new List<Node>();
        var makers = new Dictionary<Value, int>();
        foreach (Node node in nodes)
        {
            if (node.Layer.IsRectifier
                && makers.TryGetValue(node.Inputs[0], out int maker)
                && joined[maker].Layer.CanRectify
                && uses[node.Inputs[0]] == 1)
            {
                joined[maker] = joined[maker] with { Outputs = node.Outputs, Rectifies = true };
                continue;
            }
            foreach (Value output in node.Outputs)
                makers[output] = joined.Count;
            joined.Add(node);
        }
        return joined;
    }
}
