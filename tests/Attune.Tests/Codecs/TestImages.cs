using Attune.Codecs;

namespace Attune.Tests.Codecs;

/// <summary>Images as rows of bytes, and back.</summary>
internal static class TestImages
{
    /// <summary>An image of 1 (gray), 3 or 4 bytes per pixel.</summary>
    public static MLPixelBuffer Of(int width, int height, int channels, byte[] pixels) => new(
        pixels, width, height, channels switch
        {
            1 => MLPixelFormat.OneComponent8,
            3 => MLPixelFormat.Rgb24,
            _ => MLPixelFormat.Rgba32,
        });

    public static byte[] Bytes(this MLPixelBuffer image) =>
        [.. Enumerable.Range(0, image.Height).SelectMany(y => image.GetRow(y).ToArray())];

    public static MLPixelBuffer As(this MLPixelBuffer image, MLPixelFormat format)
    {
        var result = new MLPixelBuffer(image.Width, image.Height, format);
        PixelConversion.Convert(image, result, MLImageTransparency.Keep);
        return result;
    }

    public static MLPixelBuffer Decode(ReadOnlyMemory<byte> file, ImageLimits? limits = null) =>
        ImageFile.Decode(
            ImageFile.Open(file), new MLImageOptions { Limits = limits ?? ImageLimits.Default }).Pixels;

    public static byte[] Encode(MLPixelBuffer image)
    {
        var file = new MemoryStream();
        PngEncoder.Encode(image, file);
        return file.ToArray();
    }
}
