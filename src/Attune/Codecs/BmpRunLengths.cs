namespace Attune.Codecs;

/// <summary>
/// Run-length coded pixels of a BMP file: a count and a colour; or a zero and then 0 the end of a row, 1 the end of the
/// image, 2 a jump to the right and up, and from 3 on a number of single pixels. Pixels that are jumped over have the
/// palette's first colour.
/// </summary>
internal static class BmpRunLengths
{
    public static void Read(
        ByteSource source, BmpHeader header, MLPixelBuffer image, CancellationToken cancellationToken)
    {
        for (int i = 0; i < image.Height && header.Palette.Length > 0; i++)
            for (int at = 0; at < image.Width * 3; at += 3)
                header.Palette.AsSpan(0, 3).CopyTo(image.GetRow(i)[at..]);
        Span<byte> colours = stackalloc byte[6];
        for (int x = 0, y = 0; y < image.Height;)
        {
            int count = Next(source, x, y, image), what = count < 0 ? 1 : Next(source, x, y, image);
            if (what < 0 || (count == 0 && what == 1))
                break;
            if (count > 0)
            {
                int period = ReadColours(source, header, what, colours);
                for (int i = 0; i < count; i++)
                    Write(image, header, x++, y, colours.Slice(i % period * 3, 3));
            }
            else if (what == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (x, y) = (0, y + 1);
            }
            else if (what == 2)
            {
                x = Math.Min(image.Width, x + source.ReadByte());
                y += source.ReadByte();
            }
            else
            {
                ReadSingles(source, header, image, what, ref x, y);
            }
        }
    }

    /// <summary>The next byte. An image that lacks nothing but its end is taken as it is.</summary>
    private static int Next(ByteSource source, int x, int y, MLPixelBuffer image)
    {
        int next = source.Next();
        bool isWhole = y == image.Height - 1 && x >= image.Width;
        return next >= 0 || isWhole ? next : throw source.CutShort();
    }

    /// <summary>The colours that a run repeats: one, or the two halves of a byte.</summary>
    private static int ReadColours(ByteSource source, BmpHeader header, int first, Span<byte> colours)
    {
        switch (header.Compression)
        {
            case BmpCompression.RunLength24:
                int green = source.ReadByte();
                (colours[0], colours[1], colours[2]) = (source.ReadByte(), (byte)green, (byte)first);
                return 1;
            case BmpCompression.RunLength8:
                header.Palette.AsSpan(first * 3, 3).CopyTo(colours);
                return 1;
            default:
                header.Palette.AsSpan((first >> 4) * 3, 3).CopyTo(colours);
                header.Palette.AsSpan((first & 15) * 3, 3).CopyTo(colours[3..]);
                return 2;
        }
    }

    private static void ReadSingles(
        ByteSource source, BmpHeader header, MLPixelBuffer image, int count, ref int x, int y)
    {
        Span<byte> colours = stackalloc byte[6];
        int bytes = 0;
        for (int i = 0; i < count;)
        {
            int period = ReadColours(source, header, source.ReadByte(), colours);
            bytes += header.Compression == BmpCompression.RunLength24 ? 3 : 1;
            for (int k = 0; k < period && i < count; k++, i++)
                Write(image, header, x++, y, colours.Slice(k * 3, 3));
        }
        // They fill whole words of two bytes.
        if (bytes % 2 == 1)
            source.Skip(1);
    }

    private static void Write(MLPixelBuffer image, BmpHeader header, int x, int y, ReadOnlySpan<byte> colour)
    {
        if (x < image.Width)
            colour.CopyTo(image.GetRow(header.IsTopDown ? y : image.Height - 1 - y)[(x * 3)..]);
    }
}
