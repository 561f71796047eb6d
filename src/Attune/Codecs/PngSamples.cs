using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>
/// From the samples of a PNG row to pixels of 8 bits per channel: gray or colour, with alpha where the image has it.
/// </summary>
/// <remarks>Samples of 1, 2 and 4 bits are spread evenly over 0 to 255; samples of 16 bits are rounded to the nearest:
/// <c>(s·255 + 32767) / 65535</c>. Gamma and colour profiles are not applied.</remarks>
internal sealed class PngSamples(PngFile file)
{
    private readonly PngHeader header = file.Header;
    private readonly byte[]? palette = file.Palette;
    private readonly ushort[]? transparent = file.TransparentSamples;

    /// <summary>The format of the pixels: <c>OneComponent8</c>, <c>Rgb24</c> or <c>Rgba32</c>.</summary>
    public MLPixelFormat Format { get; } = file.Header.Colour switch
    {
        PngColour.Gray when file.TransparentSamples is null => MLPixelFormat.OneComponent8,
        PngColour.Rgb when file.TransparentSamples is null => MLPixelFormat.Rgb24,
        PngColour.Palette when !file.PaletteHasAlpha => MLPixelFormat.Rgb24,
        _ => MLPixelFormat.Rgba32,
    };

    /// <summary>Writes <paramref name="count"/> pixels, each <paramref name="step"/> bytes behind the last.</summary>
    public void Expand(ReadOnlySpan<byte> row, int count, Span<byte> pixels, int step)
    {
        bool isPlain = transparent is null
            && header is { BitDepth: 8, Colour: PngColour.Gray or PngColour.Rgb or PngColour.Rgba };
        if (isPlain && step == header.Samples)
            row[..(count * step)].CopyTo(pixels);
        else if (header.Colour == PngColour.Palette)
            ExpandPalette(row, count, pixels, step);
        else if (Format == MLPixelFormat.OneComponent8)
            for (int i = 0, at = 0; i < count; i++, at += step)
                pixels[at] = To8(Sample(row, i));
        else if (Format == MLPixelFormat.Rgb24)
            for (int i = 0, at = 0; i < count; i++, at += step)
                WriteColour(row, i * 3, pixels.Slice(at, 3));
        else
            for (int i = 0, at = 0; i < count; i++, at += step)
                WritePixel(row, i * header.Samples, pixels.Slice(at, 4));
    }

    private void ExpandPalette(ReadOnlySpan<byte> row, int count, Span<byte> pixels, int step)
    {
        ReadOnlySpan<byte> colours = palette;
        int bytes = Format == MLPixelFormat.Rgb24 ? 3 : 4;
        for (int i = 0, at = 0; i < count; i++, at += step)
            colours.Slice(Sample(row, i) * 4, bytes).CopyTo(pixels[at..]);
    }

    private void WriteColour(ReadOnlySpan<byte> row, int first, Span<byte> pixel)
    {
        pixel[2] = To8(Sample(row, first + 2));
        pixel[0] = To8(Sample(row, first));
        pixel[1] = To8(Sample(row, first + 1));
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
