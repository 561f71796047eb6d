using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>expandDims</c>: adds axes of size 1.</summary>
/// <remarks>Shapes: y has the named axes, counted in y, with size 1; the others are those of x in their
/// order.</remarks>
internal sealed class ExpandDims(string name, params long[] axes) : Recast(name, "expandDims")
{
    // More than any model has; a file may not make shapes that are all rank.
    private const int MostAxes = 32;

    public static ExpandDims Read(LayerSource source) =>
        new ExpandDims(source.Name, [.. source.Specification.ExpandDims.Axes]);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (axes.Length > MostAxes)
            throw Refuse($"up to {MostAxes} axes", $"{axes.Length}");
        int rank = input.Rank + axes.Length;
        bool[] marked = Axis.Marked(axes, rank) ?? throw Refuse(
            $"axes of an output of rank {rank}, each once", $"{string.Join(", ", axes)}");

        var output = new int[rank];
        for (int axis = 0, of = 0; axis < rank; axis++)
            output[axis] = marked[axis] ? 1 : input[of++];
        return [Shape.Of(output)];
    }
}
