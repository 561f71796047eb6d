using Attune.Arrays;

namespace Attune.Graph;

/// <summary>Where every value of a plan lies in its block of memory, in elements, and how large the block is.</summary>
internal sealed class BufferPlacement
{
    private readonly BufferPlan places = new();
    private readonly Dictionary<Value, long> offsets = [];
    private readonly IReadOnlyDictionary<Value, Shape> shapes;
    private readonly int capacity;

    /// <param name="nodes">In running order.</param>
    /// <param name="inputs">Values that are there before the first node runs.</param>
    /// <param name="kept">Values that stay readable after a run, inputs among them; null for all.</param>
    /// <param name="shapes">The shape of one sample of each value.</param>
    /// <param name="capacity">The samples of each value.</param>
    public BufferPlacement(
        IReadOnlyList<Node> nodes, IReadOnlyList<Value> inputs, IReadOnlySet<Value>? kept,
        IReadOnlyDictionary<Value, Shape> shapes, int capacity)
    {
        this.shapes = shapes;
        this.capacity = capacity;
        IReadOnlyDictionary<Value, Part> parts =
            kept is null || capacity > 1 ? new Dictionary<Value, Part>() : JoinedInputs.Find(nodes, kept, shapes);
        var lifetimes = new ValueLifetimes(nodes, kept, parts);

        foreach (Value input in inputs)
            offsets[input] = places.Take(SizeOf(input));
        for (int step = 0; step < nodes.Count; step++)
        {
            Value? overwritten = lifetimes.OverwrittenBy(step);
            foreach (Value output in nodes[step].Outputs)
                Place(output, overwritten, parts);
            foreach (Value dead in lifetimes.EndingAt(step))
                places.Release(offsets[dead], SizeOf(dead));
        }
    }

    public IReadOnlyDictionary<Value, long> Offsets => offsets;

    /// <summary>Elements of the whole block.</summary>
    public long Size => places.Size;

    private void Place(Value output, Value? overwritten, IReadOnlyDictionary<Value, Part> parts)
    {
        if (parts.TryGetValue(output, out Part? part))
        {
            if (!offsets.TryGetValue(part.Whole, out long whole))
                offsets[part.Whole] = whole = places.Take(SizeOf(part.Whole));
            offsets[output] = whole + part.Start;
        }
        else if (overwritten is not null)
            offsets[output] = offsets[overwritten];
        else if (!offsets.ContainsKey(output))
            offsets[output] = places.Take(SizeOf(output));
    }

    private long SizeOf(Value value) => (long)capacity * shapes[value].Count;
}
