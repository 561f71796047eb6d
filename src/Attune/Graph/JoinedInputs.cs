using Attune.Arrays;

namespace Attune.Graph;

/// <summary>A value that is made where it belongs within another one.</summary>
internal sealed record Part(Value Whole, long Start);

/// <summary>
/// Finds values that only wait to be joined with others, so that whoever makes them may write them where the joined
/// value will be, and the layer that joins has nothing left to move. For plans of one sample at a time, in which the
/// inputs of such a layer lie in its output one behind the other.
/// </summary>
internal static class JoinedInputs
{
    public static IReadOnlyDictionary<Value, Part> Find(
        IReadOnlyList<Node> nodes, IReadOnlySet<Value> kept, IReadOnlyDictionary<Value, Shape> shapes)
    {
        var made = new HashSet<Value>(nodes.SelectMany(node => node.Outputs));
        var uses = new Dictionary<Value, int>();
        foreach (Value value in nodes.SelectMany(node => node.Inputs))
            uses[value] = uses.GetValueOrDefault(value) + 1;

        var parts = new Dictionary<Value, Part>();
        var wholes = new HashSet<Value>();
        foreach (Node node in nodes)
        {
            if (!node.Layer.JoinsInputs([.. node.Inputs.Select(input => shapes[input])]))
                continue;
            long start = 0;
            foreach (Value input in node.Inputs)
            {
                // A value that others read too, or that is itself made of parts, keeps a place of its own.
                if (made.Contains(input) && !kept.Contains(input) && uses[input] == 1 && !wholes.Contains(input))
                    parts[input] = new Part(node.Outputs[0], start);
                start += shapes[input].Count;
            }
            wholes.Add(node.Outputs[0]);
        }
        return parts;
    }
}
