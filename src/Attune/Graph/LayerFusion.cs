using Attune.Arrays;

namespace Attune.Graph;

/// <summary>
/// Joins layers with the layer before them, which then does their work on the way out: a pass over the memory less for
/// each. A rectifier makes it store max(0, y). What scales and shifts channels, such as a batch normalisation, goes
/// into its weights, in the plan's own packed copy: the parameters of the model stay as they are.
/// </summary>
/// <remarks>
/// Given: convolution(x) -> y; batchnorm(y) -> z; ReLU(z) -> r, and nobody else reads y and z.
/// Result: convolution(x), batchnorm folded in, rectified -> r.
/// </remarks>
internal static class LayerFusion
{
    /// <param name="nodes">In running order.</param>
    /// <param name="outputs">Values that somebody reads after a run.</param>
    /// <param name="shapes">Those of all values.</param>
    /// <param name="mayFold">Whether the parameters of a layer stay as they are while the plan lives.</param>
    public static IReadOnlyList<Node> Apply(
        IReadOnlyList<Node> nodes, IReadOnlyList<Value> outputs, IReadOnlyDictionary<Value, Shape> shapes,
        Func<Layer, bool> mayFold)
    {
        var uses = new Dictionary<Value, int>();
        foreach (Value value in nodes.SelectMany(node => node.Inputs).Concat(outputs))
            uses[value] = uses.GetValueOrDefault(value) + 1;

        var joined = new List<Node>();
        var makers = new Dictionary<Value, int>();
        foreach (Node node in nodes)
        {
            int place = joined.Count;
            if (node.Inputs.Count == 1 && uses[node.Inputs[0]] == 1
                && makers.TryGetValue(node.Inputs[0], out int maker)
                && Join(joined[maker], node, shapes[node.Inputs[0]], mayFold) is { } both)
                joined[place = maker] = both;
            else
                joined.Add(node);
            foreach (Value output in node.Outputs)
                makers[output] = place;
        }
        return joined;
    }

    /// <summary>
    /// Joins rectifiers alone, for plans whose values a backward pass reads. Nobody reads what a layer makes before it
    /// is rectified, since y is above 0 where max(0, y) is.
    /// </summary>
    public static IReadOnlyList<Node> JoinRectifiers(
        IReadOnlyList<Node> nodes, IReadOnlyList<Value> outputs, IReadOnlyDictionary<Value, Shape> shapes) =>
        Apply(nodes, outputs, shapes, mayFold: _ => false);

    private static Node? Join(Node maker, Node follower, Shape between, Func<Layer, bool> mayFold)
    {
        if (maker.Rectifies || maker.Outputs.Count != 1)
            return null;
        if (follower.Layer.IsRectifier && maker.Layer.CanRectify)
            return maker with { Outputs = follower.Outputs, Rectifies = true };
        if (maker.Layer.CanFold && follower.Layer.IsChannelAffine(between)
            && mayFold(maker.Layer) && mayFold(follower.Layer))
            return maker with { Outputs = follower.Outputs, Folded = [.. maker.Folded, follower.Layer] };
        return null;
    }
}
