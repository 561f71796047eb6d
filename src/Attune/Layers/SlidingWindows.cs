using Attune.Arrays;
using Attune.Format.Specification;

namespace Attune.Layers;

/// <summary>Core ML's <c>slidingWindows</c>: windows of one axis, one after the other; they may overlap.</summary>
/// <remarks>Shapes: x is [… × S × …]; y is [… × ⌊(S − windowSize) / step⌋ + 1 × windowSize × …].</remarks>
internal sealed class SlidingWindows(string name, long axis, int windowSize, int step)
    : Selection(name, "slidingWindows")
{
    public static SlidingWindows Read(LayerSource source)
    {
        SlidingWindowsLayerParams fields = source.Specification.SlidingWindows;
        return new SlidingWindows(
            source.Name,
            fields.Axis,
            source.Amount("window size", fields.WindowSize, 1),
            source.Amount("step", fields.Step, 1));
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        int along = Axis.Resolve(axis, input.Rank);
        if (along < 0 || input[along] < windowSize)
            throw Refuse($"an input of {windowSize} elements or more along axis {axis}", $"{input}");
        ReadOnlySpan<int> sizes = input.Dimensions;
        int windows = (input[along] - windowSize) / step + 1;
        return
        [
            Shape.TryOf([.. sizes[..along], windows, windowSize, .. sizes[(along + 1)..]], out Shape? shape)
                ? shape
                : throw Refuse("windows that fit memory", $"{input}"),
        ];
    }

    protected override void AddAxes(ref RunWalk walk, Shape input, Shape output)
    {
        int along = Axis.Resolve(axis, input.Rank);
        int inner = input.CountOf(along + 1, input.Rank);
        walk.Add(input.CountOf(0, along), input[along] * inner);
        walk.Add(output[along], step * inner);
        walk.Add(windowSize, inner);
        walk.Add(inner, 1);
    }
}
