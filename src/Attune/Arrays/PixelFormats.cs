namespace Attune.Arrays;

/// <summary>The facts about each <see cref="MLPixelFormat"/>.</summary>
internal static class PixelFormats
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    public static int BytesPerPixel(MLPixelFormat format) => format switch
    {
        MLPixelFormat.OneComponent8 => 1,
        MLPixelFormat.OneComponent16Half => 2,
        MLPixelFormat.Rgb24 => 3,
        MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32 => 4,
        _ => throw new ArgumentOutOfRangeException(
            nameof(format), $"A pixel buffer takes a format of MLPixelFormat; got {(int)format}."),
    };

    public static bool IsGray(MLPixelFormat format) =>
        format is MLPixelFormat.OneComponent8 or MLPixelFormat.OneComponent16Half;

    public static bool HasAlpha(MLPixelFormat format) => format is MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32;
}
