using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>permute</c>: the axes T, C, H, W of [T×N×C×H×W] in another order; N stays.</summary>
/// <remarks>
/// Shapes: y is x with the axes that <c>axis</c> names; in [0, 3, 1, 2] they are T, W, C, H. An input of rank 3 or 4
/// counts as one with leading axes of size 1, as long as T stays where it is.
/// </remarks>
internal sealed class Permute(string name, params int[] axis) : Rearrange(name, "permute")
{
    public static Permute Read(LayerSource source)
    {
        Google.Protobuf.Collections.RepeatedField<ulong> fields = source.Specification.Permute.Axis;
        int[] axis = fields.Count == 0 ? [0, 1, 2, 3] : [.. fields.Select(value => (int)Math.Min(value, int.MaxValue))];
        if (axis.Length != 4 || !Axis.IsPermutation(axis))
            throw source.Refuse("an order of the axes 0, 1, 2 and 3", $"[{string.Join(", ", fields)}]");
        return new Permute(source.Name, axis);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank is < 3 or > 5 || (input.Rank < 5 && axis[0] != 0))
            throw Refuse("an input of rank 5", $"{input}");

        Span<int> order = stackalloc int[input.Rank];
        OrderOf(input, order);
        var output = new int[input.Rank];
        for (int i = 0; i < output.Length; i++)
            output[i] = input[order[i]];
        return [Shape.Of(output)];
    }

    protected override void OrderOf(Shape input, Span<int> axes)
    {
        // In rank 5 the sequence is axis 0 and the batch, which the file does not name, axis 1.
        int missing = 5 - input.Rank;
        for (int i = 0; i < axes.Length; i++)
            axes[i] = i;
        for (int i = 0; i < axis.Length; i++)
        {
            int to = Place(i) - missing;
            if (to >= 0)
                axes[to] = Place(axis[i]) - missing;
        }
    }

    private static int Place(int named) => named == 0 ? 0 : named + 1;
}
