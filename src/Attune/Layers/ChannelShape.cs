using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>The shapes of scales and biases: [1], [C], [1×H×W] or [C×H×W], seen as one of [C×H×W].</summary>
internal static class ChannelShape
{
    /// <exception cref="MLModelFormatException">The file has another shape.</exception>
    public static Shape Read(LayerSource source, string field, IReadOnlyList<ulong> sizes)
    {
        int[] dimensions = sizes.Count switch
        {
            1 => [source.Amount(field, sizes[0], 1), 1, 1],
            3 => [.. sizes.Select(size => source.Amount(field, size, 1))],
            _ => throw source.Refuse($"a {field} of 1 or 3 sizes", $"{sizes.Count}"),
        };
        return Shape.TryOf(dimensions, out Shape? shape)
            ? shape
            : throw source.Refuse($"a {field} that fits memory", $"[{string.Join('×', dimensions)}]");
    }

    /// <summary>Whether an array of this shape has one value per channel, or one for all.</summary>
    public static bool IsPerChannel(Shape part) => part.Rank < 2 || (part[-1] == 1 && part[-2] == 1);

    /// <summary>Values per channel, or one for all; none is a scale of 1 and a shift of 0.</summary>
    public static ChannelAffine AffineOf(int channels, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
    {
        var affine = new ChannelAffine(new double[channels], new double[channels]);
        for (int c = 0; c < channels; c++)
        {
            affine.Scale[c] = scale.IsEmpty ? 1 : scale[scale.Length == 1 ? 0 : c];
            affine.Shift[c] = shift.IsEmpty ? 0 : shift[shift.Length == 1 ? 0 : c];
        }
        return affine;
    }

    /// <summary>Whether an array of this shape can be repeated to fill <paramref name="input"/>.</summary>
    public static bool Fills(Shape part, Shape input) =>
        input.Rank >= 3 && input.Equals(CommonShape.Of(part, input));
}
