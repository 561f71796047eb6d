using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>split</c>, along axis -3 (channels), and <c>splitND</c>, along any axis: the parts of the input that
/// lie behind each other there.
/// </summary>
/// <remarks>
/// Shapes: parts are of the sizes that the file gives, or all equal. Where <c>splitND</c> does not divide, the first
/// parts are one larger.
/// </remarks>
internal sealed class Split(string name, string kind, long axis, int parts, params int[] sizes) : Selection(name, kind)
{
    public override LayerArity Arity => new(1, 1, parts, parts);

    public static Split Read(LayerSource source)
    {
        int outputs = Math.Max(1, source.Specification.Output.Count);
        if (source.Specification.Split is not null)
            return new Split(source.Name, source.Kind, -3, outputs);
        SplitNDLayerParams fields = source.Specification.SplitND;
        if (fields.SplitSizes.Count > 0 && fields.SplitSizes.Count != outputs)
            throw source.Refuse($"as many sizes as it has outputs, {outputs}", $"{fields.SplitSizes.Count}");
        return new Split(
            source.Name,
            source.Kind,
            fields.Axis,
            outputs,
            [.. fields.SplitSizes.Select(size => source.Amount("size", size))]);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        int along = Axis.Resolve(axis, input.Rank);
        bool fits = along >= 0
            && (sizes.Length == 0
                ? Kind == "splitND" || input[along] % parts == 0
                : sizes.Sum(size => (long)size) == input[along]);
        if (!fits)
            throw Refuse(
                sizes.Length == 0
                    ? $"an input that falls into {parts} equal parts along axis {axis}"
                    : $"an input of {sizes.Sum(size => (long)size)} elements along axis {axis}",
                $"{input}");

        var outputs = new Shape[parts];
        for (int i = 0; i < parts; i++)
        {
            int[] output = input.Dimensions.ToArray();
            output[along] = SizeOf(input[along], i);
            outputs[i] = Shape.Of(output);
        }
        return outputs;
    }

    protected override int Start(Shape input, int index)
    {
        int along = Axis.Resolve(axis, input.Rank);
        int before = 0;
        for (int i = 0; i < index; i++)
            before += SizeOf(input[along], i);
        return before * input.CountOf(along + 1, input.Rank);
    }

    protected override void AddAxes(ref RunWalk walk, Shape input, Shape output)
    {
        int along = Axis.Resolve(axis, input.Rank);
        walk.Add(input.CountOf(0, along), input.CountOf(along, input.Rank));
        walk.Add(output.CountOf(along, output.Rank), 1);
    }

    private int SizeOf(int whole, int part) =>
        sizes.Length > 0 ? sizes[part] : whole / parts + (part < whole % parts ? 1 : 0);
}
