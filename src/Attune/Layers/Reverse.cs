using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>reverse</c>: marked axes run backwards.</summary>
/// <remarks>Shapes: x has an axis for each mark; y is the same.</remarks>
internal sealed class Reverse(string name, params bool[] marks) : Selection(name, "reverse")
{
    public static Reverse Read(LayerSource source) =>
        new Reverse(source.Name, [.. source.Specification.Reverse.ReverseDim]);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => inputs[0].Rank == marks.Length
        ? [inputs[0]]
        : throw Refuse($"an input of rank {marks.Length}, as it has marks", $"{inputs[0]}");

    protected override int Start(Shape input, int index)
    {
        int start = 0;
        for (int axis = 0; axis < input.Rank; axis++)
            if (marks[axis] && input[axis] > 0)
                start += (input[axis] - 1) * input.CountOf(axis + 1, input.Rank);
        return start;
    }

    protected override void AddAxes(ref RunWalk walk, Shape input, Shape output)
    {
        for (int axis = 0; axis < input.Rank; axis++)
        {
            int stride = input.CountOf(axis + 1, input.Rank);
            walk.Add(input[axis], marks[axis] ? -stride : stride);
        }
    }
}
