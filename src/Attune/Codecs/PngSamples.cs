using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>
/// From the samples of a PNG row to pixels of 8 bits per channel: gray where the image is gray without transparency,
/// else red, green, blue and alpha.
/// </summary>
/// <remarks>Samples of 1, 2 and 4 bits are spread evenly over 0 to 255; samples of 16 bits are rounded to the nearest:
/// <c>(s·255 + 32767) / 65535</c>. Gamma and colour profiles are not applied.</remarks>
internal sealed class PngSamples(PngFile file)
{
    private readonly PngHeader header = file.Header;
    private readonly byte[]? palette = file.Palette;
    private readonly ushort[]? transparent = file.TransparentSamples;

    /// <summary>Channels of the pixels: 1 or 4.</summary>
    public int Channels => header.Colour == PngColour.Gray && transparent is null ? 1 : 4;

    /// <summary>Writes <paramref name="count"/> pixels, each <paramref name="step"/> bytes behind the last.</summary>
    public void Expand(ReadOnlySpan<byte> row, int count, Span<byte> pixels, int step)
    {
        for (int i = 0, at = 0; i < count; i++, at += step)
        {
            if (Channels == 1)
                pixels[at] = To8(Sample(row, i));
            else if (header.Colour == PngColour.Palette)
                palette.AsSpan(Sample(row, i) * 4, 4).CopyTo(pixels[at..]);
            else
                WritePixel(row, i * header.Samples, pixels.Slice(at, 4));
        }
    }

    private void WritePixel(ReadOnlySpan<byte> row, int first, Span<byte> pixel)
    {
        bool isColour = header.Colour is PngColour.Rgb or PngColour.Rgba;
        int red = Sample(row, first);
        int green = isColour ? Sample(row, first + 1) : red;
        int blue = isColour ? Sample(row, first + 2) : red;
        pixel[0] = To8(red);
        pixel[1] = To8(green);
        pixel[2] = To8(blue);
        if (header.Colour is PngColour.GrayAlpha or PngColour.Rgba)
            pixel[3] = To8(Sample(row, first + header.Samples - 1));
        else
            pixel[3] = IsTransparent(red, green, blue) ? (byte)0 : (byte)255;
    }

    /// <summary>Compared at full depth, before rounding.</summary>
    private bool IsTransparent(int red, int green, int blue) => transparent switch
    {
        [var gray] => red == gray,
        [var r, var g, var b] => red == r && green == g && blue == b,
        _ => false,
    };

    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        switch (header.BitDepth)
        {
            case 8:
                return row[index];
            case 16:
                return BinaryPrimitives.ReadUInt16BigEndian(row[(index * 2)..]);
            default:
                // Below 8 bits a pixel is one sample, and the first one stands in a byte's highest bits.
                int bit = index * header.BitDepth;
                return (row[bit >> 3] >> (8 - header.BitDepth - (bit & 7))) & ((1 << header.BitDepth) - 1);
        }
    }

    private byte To8(int sample) => header.BitDepth switch
    {
        8 => (byte)sample,
        16 => (byte)((sample * 255 + 32767) / 65535),
        _ => (byte)(sample * 255 / ((1 << header.BitDepth) - 1)),
    };
}
