namespace Attune.Codecs;

/// <summary>How large images may be, so that no file asks for memory without bound.</summary>
internal static class ImageLimits
{
    /// <summary>128 Mi pixels: 16384×8192, half a gibibyte with four channels.</summary>
    public const int MaxPixels = 1 << 27;

    /// <summary>The longest side, that of the JPEG format.</summary>
    public const int MaxSide = 65535;

    /// <summary>256 MiB.</summary>
    public const int MaxFileBytes = 1 << 28;

    public static bool AreWithin(long width, long height) =>
        width <= MaxSide && height <= MaxSide && width * height <= MaxPixels;

    /// <exception cref="ImageFormatException">The file says that it is larger than is read, or that it is
    /// empty.</exception>
    public static void Check(long width, long height, string formatName)
    {
        if (width < 1 || height < 1)
            throw new ImageFormatException(
                $"A {formatName} image has 1 pixel or more; this one says {width}×{height}.");
        if (!AreWithin(width, height))
            throw new ImageFormatException(
                $"Images of up to {MaxPixels} pixels, {MaxSide} on a side, are read; this {formatName} image has "
                + $"{width}×{height}. Scale it down first.");
    }
}
