using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>How the pixels of a BMP file are stored. The numbers are the format's.</summary>
internal enum BmpCompression
{
    None = 0,
    RunLength8 = 1,
    RunLength4 = 2,
    Masks = 3,

    /// <summary>OS/2's own: runs of 24-bit colours. The file has the number that Windows gives to JPEG.</summary>
    RunLength24 = 4,

    MasksWithAlpha = 6,
}

/// <summary>The headers of a BMP file, checked: those of OS/2 (12, 16 and 64 bytes) and of Windows (40 to
/// 124).</summary>
internal sealed class BmpHeader
{
    private const int FileHeaderLength = 14;
    private const int Os2Length = 64;

    public int Width { get; private init; }

    public int Height { get; private init; }

    /// <summary>Whether the first row of the file is the top one.</summary>
    public bool IsTopDown { get; private init; }

    public int BitsPerPixel { get; private init; }

    public BmpCompression Compression { get; private init; }

    /// <summary>Where red, green, blue and alpha stand in a pixel of 16 or 32 bits.</summary>
    public uint[] Masks { get; private init; } = [];

    /// <summary>Red, green and blue of up to 256 colours.</summary>
    public byte[] Palette { get; private init; } = [];

    /// <summary>Bytes of a row that is stored plain: whole words of 4.</summary>
    public int BytesPerRow => (int)(((long)Width * BitsPerPixel + 31) / 32 * 4);

    /// <summary>Reads up to the first pixel.</summary>
    /// <exception cref="ImageFormatException">The header is damaged, or of an image that is not read.</exception>
    public static BmpHeader Read(ByteSource source, ImageLimits limits)
    {
        Span<byte> file = stackalloc byte[FileHeaderLength];
        source.Read(file);
        long pixelsAt = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        Span<byte> info = stackalloc byte[124];
        source.Read(info[..4]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(info);
        if (length is not (12 or >= 16 and <= 124))
            throw new ImageFormatException($"A BMP header has 12, or 16 to 124 bytes; this file says {length}.");
        info = info[..(int)length];
        source.Read(info[4..]);

        bool isOld = length == 12;
        long width = isOld ? Word(info, 4) : (int)Long(info, 4);
        long height = isOld ? Word(info, 6) : (int)Long(info, 8);
        limits.Check(width, Math.Abs(height), "BMP");
        int bits = Word(info, isOld ? 10 : 14);
        var compression = (BmpCompression)Long(info, 16);
        if (!IsPossible(bits, compression, length))
            throw new ImageFormatException(
                "BMP images are read that are plain, run-length coded or with bit masks; this one has compression "
                + $"{(int)compression} at {bits} bits per pixel. Save it as an ordinary BMP or PNG image.");

        long read = FileHeaderLength + length;
        uint[] masks = ReadMasks(source, info, bits, compression, ref read);
        byte[] palette = bits > 8 ? [] : ReadPalette(source, bits, Long(info, 32), isOld ? 3 : 4, pixelsAt, ref read);
        source.Skip(Math.Max(0, pixelsAt - read));
        return new BmpHeader
        {
            Width = (int)width, Height = (int)Math.Abs(height), IsTopDown = height < 0, BitsPerPixel = bits,
            Compression = compression, Masks = masks, Palette = palette,
        };
    }

    private static bool IsPossible(int bits, BmpCompression compression, uint length) => compression switch
    {
        BmpCompression.None => bits is 1 or 2 or 4 or 8 or 16 or 24 or 32,
        BmpCompression.RunLength8 => bits == 8,
        BmpCompression.RunLength4 => bits == 4,
        BmpCompression.RunLength24 => bits == 24 && length == Os2Length,
        BmpCompression.Masks or BmpCompression.MasksWithAlpha => bits is 16 or 32 && length != Os2Length,
        _ => false,
    };

    private static uint[] ReadMasks(
        ByteSource source, ReadOnlySpan<byte> info, int bits, BmpCompression compression, ref long read)
    {
        if (bits is not (16 or 32))
            return [];
        if (compression == BmpCompression.None)
            return bits == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0xFF0000, 0x00FF00, 0x0000FF, 0];
        if (info.Length >= 52)
            return [Long(info, 40), Long(info, 44), Long(info, 48), Long(info, 52)];
        Span<byte> behind = stackalloc byte[compression == BmpCompression.MasksWithAlpha ? 16 : 12];
        source.Read(behind);
        read += behind.Length;
        return [Long(behind, 0), Long(behind, 4), Long(behind, 8), Long(behind, 12)];
    }

    /// <summary>The colours that stand between the header and the pixels; a file may have fewer than it says.</summary>
    private static byte[] ReadPalette(
        ByteSource source, int bits, uint said, int bytesPerColour, long pixelsAt, ref long read)
    {
        long count = Math.Min(said == 0 ? 256 : said, 1 << bits);
        if (pixelsAt > read)
            count = Math.Min(count, (pixelsAt - read) / bytesPerColour);
        byte[] palette = new byte[256 * 3];
        Span<byte> colour = stackalloc byte[bytesPerColour];
        for (int i = 0; i < count; i++)
        {
            source.Read(colour);
            (palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]) = (colour[2], colour[1], colour[0]);
        }
        read += count * bytesPerColour;
        return palette;
    }

    /// <summary>A field; 0 where the header ends before it.</summary>
    private static uint Long(ReadOnlySpan<byte> info, int at) =>
        at + 4 <= info.Length ? BinaryPrimitives.ReadUInt32LittleEndian(info[at..]) : 0;

    private static int Word(ReadOnlySpan<byte> info, int at) => BinaryPrimitives.ReadUInt16LittleEndian(info[at..]);
}
