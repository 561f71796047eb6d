namespace Attune.Graph;

/// <summary>
/// When each value of a plan is needed for the last time, and which steps may write over their input because nobody
/// needs it afterwards.
/// </summary>
internal sealed class ValueLifetimes
{
    private readonly Value?[] overwritten;
    private readonly List<Value>[] ending;

    public ValueLifetimes(Network network, IReadOnlyList<Node> nodes, bool keepsAll)
    {
        overwritten = new Value?[nodes.Count];
        ending = new List<Value>[nodes.Count];
        for (int step = 0; step < nodes.Count; step++)
            ending[step] = [];
        if (keepsAll)
            return;

        var lastUse = new Dictionary<Value, int>();
        for (int step = 0; step < nodes.Count; step++)
        {
            foreach (Value output in nodes[step].Outputs)
                lastUse[output] = step;
            foreach (Value input in nodes[step].Inputs)
                lastUse[input] = step;
        }
        // Inputs are the caller's: a run may follow a run over the same samples. Outputs are read afterwards.
        foreach (Value kept in network.Inputs.Concat(network.Outputs))
            lastUse.Remove(kept);

        foreach ((Value value, int step) in lastUse)
            ending[step].Add(value);
        for (int step = 0; step < nodes.Count; step++)
            overwritten[step] = Overwritable(nodes[step], ending[step]);
    }

    /// <summary>The value whose place the only output of a step takes over; null if it gets its own.</summary>
    public Value? OverwrittenBy(int step) => overwritten[step];

    /// <summary>The values whose places are free after a step.</summary>
    public IReadOnlyList<Value> EndingAt(int step) => ending[step];

    private static Value? Overwritable(Node node, List<Value> ending)
    {
        if (!node.Layer.RunsInPlace || node.Outputs.Count != 1 || !ending.Remove(node.Inputs[0]))
            return null;
        return node.Inputs[0];
    }
}
