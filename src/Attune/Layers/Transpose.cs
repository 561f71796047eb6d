using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>transpose</c>: the axes in another order.</summary>
/// <remarks>Shapes: axis i of y is axis axes[i] of x.</remarks>
internal sealed class Transpose(string name, params int[] axes) : Rearrange(name, "transpose")
{
    // More than any model has, and small enough for the stack.
    private const int MostAxes = 64;

    public static Transpose Read(LayerSource source)
    {
        Google.Protobuf.Collections.RepeatedField<ulong> fields = source.Specification.Transpose.Axes;
        int[] axes = [.. fields.Select(axis => (int)Math.Min(axis, int.MaxValue))];
        if (axes.Length > MostAxes || !Axis.IsPermutation(axes))
            throw source.Refuse(
                $"axes that name each of 0 to {Math.Max(0, axes.Length - 1)} once", $"[{string.Join(", ", fields)}]");
        return new Transpose(source.Name, axes);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank != axes.Length)
            throw Refuse($"an input of rank {axes.Length}, as it has axes", $"{input}");
        return [Shape.Of([.. axes.Select(axis => input[axis])])];
    }

    protected override void OrderOf(Shape input, Span<int> order) => axes.CopyTo(order);
}
