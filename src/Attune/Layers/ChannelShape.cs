using Attune.Arrays;

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

    /// <summary>Whether an array of this shape can be repeated to fill <paramref name="input"/>.</summary>
    public static bool Fills(Shape part, Shape input) =>
        input.Rank >= 3 && input.Equals(CommonShape.Of(part, input));
}
