using Attune.Arrays;

namespace Attune.Graph;

/// <summary>
/// Layers in the order in which they run, with the values that go in and come out. Immutable; holds no numbers and no
/// shapes.
/// A node only reads inputs and what earlier nodes made, which the constructor checks: so there is no cycle.
/// </summary>
internal sealed class Network
{
    /// <exception cref="MLModelFormatException">A value is used before it is made.</exception>
    public Network(IReadOnlyList<Value> inputs, IReadOnlyList<Node> nodes, IReadOnlyList<Value> outputs)
    {
        Inputs = inputs;
        Nodes = nodes;
        Outputs = outputs;
        Parameters = [.. nodes.SelectMany(node => node.Layer.Parameters)];
        RequireOrder();
    }

    public IReadOnlyList<Value> Inputs { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public IReadOnlyList<Value> Outputs { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The nodes without which <paramref name="wanted"/> cannot be made, in running order.</summary>
    public IReadOnlyList<Node> Ancestors(IEnumerable<Value> wanted)
    {
        var needed = new HashSet<Value>(wanted);
        var ancestors = new List<Node>();
        for (int i = Nodes.Count - 1; i >= 0; i--)
        {
            if (!Nodes[i].Outputs.Any(needed.Contains))
                continue;
            ancestors.Add(Nodes[i]);
            needed.UnionWith(Nodes[i].Inputs);
        }
        ancestors.Reverse();
        return ancestors;
    }

    /// <summary>The shape of every value, given those of the inputs (of one sample).</summary>
    /// <exception cref="MLModelFormatException">A layer does not take the shapes that reach it.</exception>
    public Dictionary<Value, Shape> InferShapes(IReadOnlyList<Shape> inputs)
    {
        var shapes = new Dictionary<Value, Shape>();
        for (int i = 0; i < Inputs.Count; i++)
            shapes[Inputs[i]] = inputs[i];

        foreach (Node node in Nodes)
        {
            Shape[] made = node.Layer.Infer([.. node.Inputs.Select(value => shapes[value])]);
            for (int i = 0; i < node.Outputs.Count; i++)
                shapes[node.Outputs[i]] = made[i];
        }
        return shapes;
    }

    private void RequireOrder()
    {
        var made = new HashSet<Value>(Inputs);
        foreach (Node node in Nodes)
        {
            foreach (Value input in node.Inputs)
                if (!made.Contains(input))
                    throw new MLModelFormatException(
                        $"{node.Layer} takes '{input}', which is neither an input of the network nor made " +
                        "by an earlier layer.",
                        node.Layer.Name);
            made.UnionWith(node.Outputs);
        }
        foreach (Value output in Outputs)
            if (!made.Contains(output))
                throw new MLModelFormatException($"The network's output '{output}' is made by no layer.");
    }
}
