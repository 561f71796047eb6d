using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>tile</c>: the whole input, so many times along each axis.</summary>
/// <remarks>Shapes: y is reps·x along each axis; the shorter of the two lists is filled up with 1 at its
/// front.</remarks>
internal sealed class Tile(string name, params int[] reps) : Selection(name, "tile")
{
    public static Tile Read(LayerSource source)
    {
        if (source.Specification.Input.Count > 1)
            throw source.Unsupported("takes its repetitions from a second input, which is not supported.");
        return new Tile(
            source.Name, [.. source.Specification.Tile.Reps.Select(times => source.Amount("repetition", times, 1))]);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        var output = new int[Math.Max(input.Rank, reps.Length)];
        for (int axis = 1; axis <= output.Length; axis++)
            output[^axis] = (int)Math.Min((long)SizeOf(input, axis) * TimesOf(axis), int.MaxValue);
        return Shape.TryOf(output, out Shape? shape)
            ? [shape]
            : throw Refuse("repetitions that fit memory", $"{input}");
    }

    protected override void AddAxes(ref RunWalk walk, Shape input, Shape output)
    {
        for (int axis = output.Rank; axis >= 1; axis--)
        {
            walk.Add(TimesOf(axis), 0);
            if (axis <= input.Rank)
                walk.Add(input[-axis], input.CountOf(input.Rank - axis + 1, input.Rank));
        }
    }

    // Axes counted from 1, from the innermost.
    private static int SizeOf(Shape input, int axis) => axis <= input.Rank ? input[-axis] : 1;

    private int TimesOf(int axis) => axis <= reps.Length ? reps[^axis] : 1;
}
