namespace Attune.Graph;

/// <summary>
/// Finds neighbouring nodes through which a batch is best taken sample by sample, and puts one node in their place. So
/// the values between them fit the caches, and threads have samples of their own instead of sharing each layer.
/// </summary>
internal static class SampleChains
{
    /// <param name="nodes">In running order.</param>
    /// <param name="outputs">Values that somebody reads after a run.</param>
    /// <param name="asLayer">Makes a layer of such nodes, seen as a network.</param>
    public static List<Node> Join(
        IReadOnlyList<Node> nodes, IReadOnlyList<Value> outputs, Func<Network, Layer> asLayer)
    {
        var joined = new List<Node>();
        for (int first = 0; first < nodes.Count;)
        {
            int end = first;
            while (end < nodes.Count && nodes[end].Layer.Habit != BatchHabit.Together)
                end++;
            Node[] chain = [.. nodes.Skip(first).Take(end - first)];
            if (chain.Any(node => node.Layer.Habit == BatchHabit.Apart))
                joined.Add(AsNode(chain, [.. outputs, .. nodes.Skip(end).SelectMany(node => node.Inputs)], asLayer));
            else
                joined.AddRange(chain);
            first = end;
            if (first < nodes.Count)
                joined.Add(nodes[first++]);
        }
        return joined;
    }

    private static Node AsNode(Node[] chain, HashSet<Value> readAfterwards, Func<Network, Layer> asLayer)
    {
        Value[] made = [.. chain.SelectMany(node => node.Outputs)];
        Value[] inputs = [.. chain.SelectMany(node => node.Inputs).Except(made)];
        Value[] outputs = [.. made.Where(readAfterwards.Contains)];
        return new Node(asLayer(new Network(inputs, chain, outputs)), inputs, outputs);
    }
}
