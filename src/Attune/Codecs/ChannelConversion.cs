namespace Attune.Codecs;

/// <summary>
/// Between gray, colour, and colour with alpha, on the 8-bit values as the file holds them (gamma-encoded).
/// </summary>
/// <remarks>
/// Alpha that is not wanted is composited over white, per channel: <c>(c·a + 255·(255 − a) + 127) / 255</c>. Gray from
/// colour is ITU-R BT.601 luma: <c>(299·r + 587·g + 114·b + 500) / 1000</c>, so that equal channels keep their value.
/// Both divisions drop the remainder: they round to the nearest, a half upwards.
/// </remarks>
internal static class ChannelConversion
{
    /// <summary>A part of an image with the wanted number of channels: 1, 3 or 4.</summary>
    public static DecodedImage Convert(DecodedImage image, MLCropRect part, int channels)
    {
        bool isWhole = part.Width == image.Width && part.Height == image.Height;
        if (isWhole && channels == image.Channels)
            return image;
        var result = new DecodedImage(
            part.Width, part.Height, channels, new byte[part.Width * part.Height * channels]);
        for (int y = 0; y < part.Height; y++)
        {
            ReadOnlySpan<byte> row = image.GetRow(part.Y + y)
                .Slice(part.X * image.Channels, part.Width * image.Channels);
            ConvertRow(row, image.Channels, result.GetRow(y), channels);
        }
        return result;
    }

    private static void ConvertRow(ReadOnlySpan<byte> source, int from, Span<byte> target, int to)
    {
        if (from == to)
        {
            source.CopyTo(target);
            return;
        }
        for (int read = 0, write = 0; read < source.Length; read += from, write += to)
        {
            int red = source[read];
            int green = from == 1 ? red : source[read + 1];
            int blue = from == 1 ? red : source[read + 2];
            int alpha = from == 4 ? source[read + 3] : 255;
            if (to == 4)
                target[write + 3] = (byte)alpha;
            else if (alpha != 255)
                (red, green, blue) = (OverWhite(red, alpha), OverWhite(green, alpha), OverWhite(blue, alpha));
            if (to == 1)
            {
                target[write] = Luma(red, green, blue);
                continue;
            }
            target[write] = (byte)red;
            target[write + 1] = (byte)green;
            target[write + 2] = (byte)blue;
        }
    }

    private static int OverWhite(int colour, int alpha) => (colour * alpha + 255 * (255 - alpha) + 127) / 255;

    private static byte Luma(int red, int green, int blue) =>
        (byte)((299 * red + 587 * green + 114 * blue + 500) / 1000);
}
