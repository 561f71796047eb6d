using Attune.Arrays;
using Attune.Format.Specification;

namespace Attune.Layers;

/// <summary>Core ML's <c>flatten</c>: channels, rows and columns become channels.</summary>
/// <remarks>
/// Shapes: x is [N×C×H×W], or any rank of 3 or more; y is [N×CHW×1×1]. CHANNEL_FIRST keeps the order of the elements;
/// CHANNEL_LAST takes them in the order H, W, C.
/// </remarks>
internal sealed class Flatten(string name, bool channelLast) : Rearrange(name, "flatten")
{
    public static Flatten Read(LayerSource source)
    {
        FlattenLayerParams.Types.FlattenOrder mode = source.Specification.Flatten.Mode;
        source.RequireKnown("mode", mode);
        return new Flatten(source.Name, mode == FlattenLayerParams.Types.FlattenOrder.ChannelLast);
    }

    public override bool RunsInPlace => !channelLast;

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank is < 3 or > 32)
            throw Refuse("an input of rank 3 or more", $"{input}");

        int[] output = input.Dimensions.ToArray();
        output[^3] = input.CountOf(input.Rank - 3, input.Rank);
        output[^2] = 1;
        output[^1] = 1;
        return [Shape.Of(output)];
    }

    protected override void OrderOf(Shape input, Span<int> axes)
    {
        for (int i = 0; i < axes.Length; i++)
            axes[i] = i;
        if (channelLast)
            (axes[^3], axes[^2], axes[^1]) = (axes[^2], axes[^1], axes[^3]);
    }
}
