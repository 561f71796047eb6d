using System.Runtime.InteropServices;
using Attune.Arrays;

namespace Attune.Codecs;

/// <summary>
/// Between the formats of pixels, on 8-bit values as the file holds them (gamma-encoded).
/// </summary>
/// <remarks>
/// What is shown over white is composited per channel: <c>(c·a + 255·(255 − a) + 127) / 255</c>. Gray from colour is
/// ITU-R BT.601 luma: <c>(299·r + 587·g + 114·b + 500) / 1000</c>, so that equal channels keep their value. Both
/// divisions drop the remainder: they round to the nearest, a half upwards. Gray of half precision becomes 8 bits
/// rounded half to even and saturated.
/// </remarks>
internal static class PixelConversion
{
    /// <summary>Writes an image into another of its size.</summary>
    /// <param name="source">The image.</param>
    /// <param name="target">Where it goes, in the format that is wanted.</param>
    /// <param name="transparency">What becomes of alpha.</param>
    public static void Convert(MLPixelBuffer source, MLPixelBuffer target, MLImageTransparency transparency)
    {
        bool isCopy = source.PixelFormat == target.PixelFormat
            && (!PixelFormats.HasAlpha(source.PixelFormat) || transparency == MLImageTransparency.Keep);
        byte[] bytes = source.PixelFormat == MLPixelFormat.OneComponent16Half && !isCopy ? new byte[source.Width] : [];
        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> row = source.GetRow(y);
            if (isCopy)
            {
                row.CopyTo(target.GetRow(y));
            }
            else if (bytes.Length > 0)
            {
                ToBytes(MemoryMarshal.Cast<byte, Half>(row), bytes);
                ConvertRow(bytes, MLPixelFormat.OneComponent8, target.GetRow(y), target.PixelFormat, transparency);
            }
            else
            {
                ConvertRow(row, source.PixelFormat, target.GetRow(y), target.PixelFormat, transparency);
            }
        }
    }

    /// <summary>Fills an image with black, opaque where there is alpha.</summary>
    public static void Blacken(MLPixelBuffer image)
    {
        for (int y = 0; y < image.Height; y++)
            if (PixelFormats.HasAlpha(image.PixelFormat))
                MemoryMarshal.Cast<byte, uint>(image.GetRow(y)).Fill(BitConverter.IsLittleEndian ? 0xFF000000 : 0xFF);
            else
                image.GetRow(y).Clear();
    }

    private static void ConvertRow(
        ReadOnlySpan<byte> source, MLPixelFormat from, Span<byte> target, MLPixelFormat to,
        MLImageTransparency transparency)
    {
        int step = PixelFormats.BytesPerPixel(from);
        bool hasAlpha = PixelFormats.HasAlpha(from);
        bool keepsAlpha = hasAlpha && transparency == MLImageTransparency.Keep && PixelFormats.HasAlpha(to);
        bool isOverWhite = hasAlpha && transparency != MLImageTransparency.Ignore && !keepsAlpha;
        int redAt = from == MLPixelFormat.Bgra32 ? 2 : 0;
        int greenAt = step == 1 ? 0 : 1, blueAt = step == 1 ? 0 : 2 - redAt;
        for (int read = 0, pixel = 0; read < source.Length; read += step, pixel++)
        {
            int red = source[read + redAt], green = source[read + greenAt], blue = source[read + blueAt];
            if (isOverWhite && source[read + 3] is var alpha && alpha != 255)
                (red, green, blue) = (OverWhite(red, alpha), OverWhite(green, alpha), OverWhite(blue, alpha));
            Write(target, pixel, to, red, green, blue, keepsAlpha ? source[read + 3] : (byte)255);
        }
    }

    private static void Write(
        Span<byte> row, int pixel, MLPixelFormat format, int red, int green, int blue, byte alpha)
    {
        switch (format)
        {
            case MLPixelFormat.OneComponent8:
                row[pixel] = Luma(red, green, blue);
                break;
            case MLPixelFormat.OneComponent16Half:
                MemoryMarshal.Cast<byte, Half>(row)[pixel] = Luma(red, green, blue);
                break;
            default:
                Span<byte> target = row[(pixel * (format == MLPixelFormat.Rgb24 ? 3 : 4))..];
                int redAt = format == MLPixelFormat.Bgra32 ? 2 : 0;
                target[redAt] = (byte)red;
                target[1] = (byte)green;
                target[2 - redAt] = (byte)blue;
                if (format != MLPixelFormat.Rgb24)
                    target[3] = alpha;
                break;
        }
    }

    private static void ToBytes(ReadOnlySpan<Half> source, Span<byte> target)
    {
        for (int x = 0; x < source.Length; x++)
            target[x] = byte.CreateSaturating(Half.Round(source[x], MidpointRounding.ToEven));
    }

    private static int OverWhite(int colour, int alpha) => (colour * alpha + 255 * (255 - alpha) + 127) / 255;

    private static byte Luma(int red, int green, int blue) =>
        (byte)((299 * red + 587 * green + 114 * blue + 500) / 1000);
}
