using Attune.Codecs;

namespace Attune.Cli;

/// <summary>Pixel buffers as PNG files.</summary>
internal static class Pictures
{
    public static byte[] Png(MLPixelBuffer image)
    {
        int channels = image.BytesPerPixel == 1 ? 1 : 3;
        byte[] pixels = new byte[image.Width * image.Height * channels];
        int at = 0;
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.GetRow(y);
            for (int x = 0; x < image.Width; x++)
                for (int channel = 0; channel < channels; channel++)
                    pixels[at++] = Channel(image.PixelFormat, row[(x * image.BytesPerPixel)..], channel);
        }
        return PngEncoder.Encode(new DecodedImage(image.Width, image.Height, channels, pixels));
    }

    private static byte Channel(MLPixelFormat format, ReadOnlySpan<byte> pixel, int channel) => format switch
    {
        MLPixelFormat.OneComponent8 or MLPixelFormat.Rgb24 or MLPixelFormat.Rgba32 => pixel[channel],
        MLPixelFormat.Bgra32 => pixel[2 - channel],
        _ => (byte)Math.Clamp((float)BitConverter.ToHalf(pixel), 0, 255),
    };
}
