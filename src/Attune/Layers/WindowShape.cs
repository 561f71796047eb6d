using System.Globalization;
using Attune.Arrays;

namespace Attune.Layers;

/// <summary>The shape that windows over an image make.</summary>
internal static class WindowShape
{
    /// <summary>[…×C×H'×W'] for an input of rank 3 or more; null if no window fits, or the sizes fit no
    /// memory.</summary>
    public static Shape? Of(Shape input, int channels, Window window) =>
        With(input, channels, window.Height.Over(input[-2]), window.Width.Over(input[-1]));

    /// <summary>The same for sizes that are known; null if there are none or they fit no memory.</summary>
    public static Shape? With(Shape input, int channels, WindowFit height, WindowFit width)
    {
        if (!IsPossible(height, input[-2]) || !IsPossible(width, input[-1]))
            return null;
        int[] output = input.Dimensions.ToArray();
        output[^3] = channels;
        output[^2] = (int)height.Count;
        output[^1] = (int)width.Count;
        return Shape.TryOf(output, out Shape? shape) ? shape : null;
    }

    /// <summary>What an image must be for <see cref="Of"/>, as a message says it.</summary>
    public static string Takes(Window window) => string.Create(
        CultureInfo.InvariantCulture,
        $"images that hold a window of {window.Height.Extent}×{window.Width.Extent} and whose result fits memory");

    // The input with its zeros must be countable too.
    private static bool IsPossible(WindowFit fit, int size) =>
        fit.Count is >= 1 and <= int.MaxValue && fit.Before + fit.After + size <= int.MaxValue && size > 0;
}
