using System.Runtime.InteropServices;

namespace Attune.Arrays;

/// <summary>
/// Between pixels and the planes of float32 that networks compute with: [C,H,W], values 0 to 255; C is 1 for gray
/// formats and 3 for colour formats, red first or blue first as the model says. Alpha is ignored, and written as 255.
/// </summary>
internal static class PixelPlanes
{
    public static int Channels(MLPixelFormat format) => PixelFormats.IsGray(format) ? 1 : 3;

    /// <summary>Fills [C,H,W] planes from a buffer.</summary>
    public static void CopyTo(MLPixelBuffer image, Span<float> planes, bool blueFirst = false)
    {
        int plane = image.Width * image.Height;
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.GetRow(y);
            if (image.PixelFormat == MLPixelFormat.OneComponent16Half)
            {
                ElementConversion.Convert(
                    MemoryMarshal.Cast<byte, Half>(row), planes.Slice(y * image.Width, image.Width));
                continue;
            }
            for (int channel = 0; channel < Channels(image.PixelFormat); channel++)
            {
                Span<float> target = planes.Slice(channel * plane + y * image.Width, image.Width);
                int at = ByteOf(image.PixelFormat, channel, blueFirst);
                for (int x = 0; x < target.Length; x++, at += image.BytesPerPixel)
                    target[x] = row[at];
            }
        }
    }

    /// <summary>Fills a buffer from [C,H,W] planes; 8-bit formats round half to even and saturate.</summary>
    public static void CopyFrom(ReadOnlySpan<float> planes, MLPixelBuffer image, bool blueFirst = false)
    {
        int plane = image.Width * image.Height;
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = image.GetRow(y);
            if (image.PixelFormat == MLPixelFormat.OneComponent16Half)
            {
                ElementConversion.Convert(
                    planes.Slice(y * image.Width, image.Width), MemoryMarshal.Cast<byte, Half>(row));
                continue;
            }
            if (PixelFormats.HasAlpha(image.PixelFormat))
                row.Fill(255);
            for (int channel = 0; channel < Channels(image.PixelFormat); channel++)
            {
                ReadOnlySpan<float> source = planes.Slice(channel * plane + y * image.Width, image.Width);
                int at = ByteOf(image.PixelFormat, channel, blueFirst);
                for (int x = 0; x < source.Length; x++, at += image.BytesPerPixel)
                    row[at] = byte.CreateSaturating(MathF.Round(source[x], MidpointRounding.ToEven));
            }
        }
    }

    /// <summary>Which byte of a pixel holds a plane's channel.</summary>
    private static int ByteOf(MLPixelFormat format, int channel, bool blueFirst)
    {
        if (PixelFormats.IsGray(format))
            return 0;
        bool blueFirstInPixel = format == MLPixelFormat.Bgra32;
        return blueFirst == blueFirstInPixel ? channel : 2 - channel;
    }
}
