using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>squeeze</c>: leaves out axes of size 1.</summary>
/// <remarks>Shapes: y is x without the named axes, or without all of size 1; if none would be left, y is [1].</remarks>
internal sealed class Squeeze(string name, bool all, params long[] axes) : Recast(name, "squeeze")
{
    public static Squeeze Read(LayerSource source) =>
        new Squeeze(source.Name, source.Specification.Squeeze.SqueezeAll, [.. source.Specification.Squeeze.Axes]);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        bool[] marked = Axis.Marked(all ? [] : axes, input.Rank)
            ?? throw Refuse($"an input that has the axes {string.Join(", ", axes)}, each once", $"{input}");

        var kept = new List<int>();
        for (int axis = 0; axis < input.Rank; axis++)
        {
            if (marked[axis] && input[axis] != 1)
                throw Refuse($"an input of size 1 along axis {axis}", $"{input}");
            if (!marked[axis] && !(all && input[axis] == 1))
                kept.Add(input[axis]);
        }
        return [kept.Count == 0 ? Shape.Of(1) : Shape.Of([.. kept])];
    }
}
