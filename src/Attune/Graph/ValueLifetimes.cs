namespace Attune.Graph;

/// <summary>
/// When each value of a plan is needed for the last time, and which steps may write over their input because nobody
/// needs it afterwards.
/// </summary>
internal sealed class ValueLifetimes
{
    private readonly Value?[] overwritten;
    private readonly List<Value>[] ending;

    /// <param name="nodes">In running order.</param>
    /// <param name="kept">Values whose place is nobody else's; null for all.</param>
    /// <param name="parts">Values that have no place of their own, and neither take one nor leave one.</param>
    public ValueLifetimes(
        IReadOnlyList<Node> nodes, IReadOnlySet<Value>? kept, IReadOnlyDictionary<Value, Part> parts)
    {
        overwritten = new Value?[nodes.Count];
        ending = new List<Value>[nodes.Count];
        for (int step = 0; step < nodes.Count; step++)
            ending[step] = [];
        if (kept is null)
            return;

        var lastUse = new Dictionary<Value, int>();
        for (int step = 0; step < nodes.Count; step++)
        {
            foreach (Value output in nodes[step].Outputs)
                lastUse[output] = step;
            foreach (Value input in nodes[step].Inputs)
                lastUse[input] = step;
        }

        foreach ((Value value, int step) in lastUse)
            if (!kept.Contains(value) && !parts.ContainsKey(value))
                ending[step].Add(value);
        for (int step = 0; step < nodes.Count; step++)
            if (!nodes[step].Outputs.Any(parts.ContainsKey))
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
