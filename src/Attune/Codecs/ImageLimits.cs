using System.Globalization;
using System.Runtime.CompilerServices;

namespace Attune;

/// <summary>How large images may be, so that no file asks for memory without bound. Sizes are compared with it before
/// memory is asked for. Immutable.</summary>
public sealed record ImageLimits
{
    /// <summary>What holds where nothing else is said: the defaults of the properties.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>The most pixels in a row or a column.</summary>
    /// <value>1 or more. Default: 1,000,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxSide { get; init => field = (int)AtLeastOne(value); } = 1_000_000;

    /// <summary>The most pixels of an image.</summary>
    /// <value>1 or more. Default: 134,217,728, such as 16384×8192.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxPixels { get; init => field = AtLeastOne(value); } = 1L << 27;

    /// <summary>The most bytes of an image file.</summary>
    /// <value>1 or more. Default: 268,435,456.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxFileBytes { get; init => field = AtLeastOne(value); } = 1L << 28;

    /// <summary>The most bytes that reading an image takes at once: its pixels, and what is kept to make
    /// them.</summary>
    /// <value>1 or more. Default: 1,073,741,824.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxMemoryBytes { get; init => field = AtLeastOne(value); } = 1L << 30;

    /// <summary>Whether an image of this size may be read or made.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public bool AreWithin(long width, long height) =>
        width >= 1 && height >= 1 && width <= MaxSide && height <= MaxSide && width * height <= MaxPixels;

    /// <summary>For decoders: refuses an image of a size that may not be read.</summary>
    /// <param name="width">Pixels in a row, as the file says.</param>
    /// <param name="height">Rows, as the file says.</param>
    /// <param name="formatName">The name of the format, for the message.</param>
    /// <exception cref="ImageFormatException">The file says that it is larger than is read, or that it is
    /// empty.</exception>
    public void Check(long width, long height, string formatName)
    {
        if (width < 1 || height < 1)
            throw new ImageFormatException(
                $"A {formatName} image has 1 pixel or more; this one says {Text(width)}×{Text(height)}.");
        if (!AreWithin(width, height))
            throw new ImageFormatException(
                $"Images of up to {Text(MaxPixels)} pixels, {Text(MaxSide)} on a side, are read; this {formatName} "
                + $"image has {Text(width)}×{Text(height)}. Scale it down first, or raise the limits.");
    }

    /// <summary>For decoders: refuses to take more memory than the bound, before it is asked for.</summary>
    /// <param name="bytes">All that will be held at once.</param>
    /// <param name="formatName">The name of the format, for the message.</param>
    /// <exception cref="ImageFormatException">It is more than <see cref="MaxMemoryBytes"/>.</exception>
    public void CheckMemory(long bytes, string formatName)
    {
        if (bytes > Math.Min(MaxMemoryBytes, Array.MaxLength))
            throw new ImageFormatException(
                $"Images that take up to {Text(MaxMemoryBytes)} bytes of memory are read; this {formatName} image "
                + $"takes {Text(bytes)}. Scale it down first, or raise the limits.");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long AtLeastOne(long value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
