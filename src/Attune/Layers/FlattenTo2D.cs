using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>flattenTo2D</c>: the axes before one make the rows, it and those after it the
/// columns.</summary>
/// <remarks>Shapes: x is [x1×…×xn]; y is [x1·…×…·xn], cut before the axis, which may be n.</remarks>
internal sealed class FlattenTo2D(string name, long axis) : Recast(name, "flattenTo2D")
{
    public static FlattenTo2D Read(LayerSource source) =>
        new FlattenTo2D(source.Name, source.Specification.FlattenTo2D.Axis);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        int cut = axis == input.Rank ? input.Rank : Axis.Resolve(axis, input.Rank);
        if (cut < 0)
            throw Refuse($"an input that has axis {axis}", $"{input}");
        return [Shape.Of(input.CountOf(0, cut), input.CountOf(cut, input.Rank))];
    }
}
