using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>sequenceRepeat</c>: the sequence (axis -5), so many times.</summary>
/// <remarks>Shapes: x is [T×N×C×H×W], y is [nT×N×C×H×W].</remarks>
internal sealed class SequenceRepeat(string name, int times) : Selection(name, "sequenceRepeat")
{
    public static SequenceRepeat Read(LayerSource source) =>
        new SequenceRepeat(
            source.Name, source.Amount("repetition", source.Specification.SequenceRepeat.NRepetitions, 1));

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank < 5)
            throw Refuse("an input of rank 5 or more", $"{input}");
        int[] output = input.Dimensions.ToArray();
        output[^5] = (int)Math.Min((long)input[-5] * times, int.MaxValue);
        return Shape.TryOf(output, out Shape? shape)
            ? [shape]
            : throw Refuse("repetitions that fit memory", $"{input}");
    }

    protected override void AddAxes(ref RunWalk walk, Shape input, Shape output)
    {
        int axis = input.Rank - 5;
        int block = input.CountOf(axis, input.Rank);
        walk.Add(input.CountOf(0, axis), block);
        walk.Add(times, 0);
        walk.Add(block, 1);
    }
}
