using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>
/// The chunks of a PNG file that say what its pixels are. Every chunk's checksum is compared; chunks that only advise
/// (gamma, text, time and so on) are skipped.
/// </summary>
internal sealed class PngFile
{
    private const uint Ihdr = 0x49484452, Plte = 0x504C5445, Trns = 0x74524E53, Idat = 0x49444154, Iend = 0x49454E44;

    // The fifth bit of the first letter: small letters mark chunks that may be ignored.
    private const uint AncillaryBit = 0x20000000;

    private readonly List<ReadOnlyMemory<byte>> imageData = [];

    private PngFile(PngHeader header) => Header = header;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public PngHeader Header { get; }

    /// <summary>256 colours of red, green, blue and alpha; those that the file does not give are black and
    /// opaque.</summary>
    public byte[]? Palette { get; private set; }

    /// <summary>The gray, or the red, green and blue sample, at full depth, that is transparent.</summary>
    public ushort[]? TransparentSamples { get; private set; }

    /// <summary>The compressed pixels, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> ImageData => imageData;

    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    public static PngFile Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlyMemory<byte> rest = file[Signature.Length..];
        (uint type, ReadOnlyMemory<byte> data) = NextChunk(ref rest);
        if (type != Ihdr)
            throw new ImageFormatException(
                $"A PNG file begins with its header; this one with the chunk '{Name(type)}'.");
        var png = new PngFile(PngHeader.Read(data.Span));
        uint before = type;
        while (true)
        {
            (type, data) = NextChunk(ref rest);
            if (type == Iend)
                break;
            png.Take(type, data, before);
            before = type;
        }
        if (png.imageData.Count == 0)
            throw new ImageFormatException("The PNG file holds no pixels: it has no chunk 'IDAT'.");
        if (png.Header.Colour == PngColour.Palette && png.Palette is null)
            throw new ImageFormatException("The PNG file's pixels name colours of a palette, and it has no palette.");
        return png;
    }

    private void Take(uint type, ReadOnlyMemory<byte> data, uint before)
    {
        switch (type)
        {
            case Idat when imageData.Count == 0 || before == Idat:
                imageData.Add(data);
                break;
            case Plte when Palette is null && imageData.Count == 0:
                TakePalette(data.Span);
                break;
            case Trns when imageData.Count == 0:
                TakeTransparency(data.Span);
                break;
            case Ihdr or Plte or Idat or Trns:
                throw new ImageFormatException($"The PNG file has a chunk '{Name(type)}' where none may stand.");
            default:
                if ((type & AncillaryBit) == 0)
                    throw new ImageFormatException(
                        $"The PNG file has a chunk '{Name(type)}' that must be understood and is not.");
                break;
        }
    }

    private void TakePalette(ReadOnlySpan<byte> data)
    {
        if (data.Length is 0 or > 256 * 3 || data.Length % 3 != 0)
            throw new ImageFormatException(
                $"A PNG palette has 3 bytes for each of 1 to 256 colours; got {data.Length}.");
        Palette = new byte[256 * 4];
        for (int i = 0; i < 256; i++)
        {
            if (i * 3 < data.Length)
                data.Slice(i * 3, 3).CopyTo(Palette.AsSpan(i * 4));
            Palette[i * 4 + 3] = 255;
        }
    }

    private void TakeTransparency(ReadOnlySpan<byte> data)
    {
        if (Header.Colour is PngColour.Gray or PngColour.Rgb && data.Length == Header.Samples * 2)
        {
            TransparentSamples = new ushort[Header.Samples];
            for (int i = 0; i < TransparentSamples.Length; i++)
                TransparentSamples[i] = BinaryPrimitives.ReadUInt16BigEndian(data[(i * 2)..]);
        }
        else if (Header.Colour == PngColour.Palette && Palette is not null && data.Length <= 256)
        {
            for (int i = 0; i < data.Length; i++)
                Palette[i * 4 + 3] = data[i];
        }
        else
        {
            throw new ImageFormatException(
                $"The PNG file's transparency, {data.Length} bytes, does not fit its pixels ({Header.Colour}).");
        }
    }

    private static (uint Type, ReadOnlyMemory<byte> Data) NextChunk(ref ReadOnlyMemory<byte> rest)
    {
        // Length, type, data, checksum of type and data.
        if (rest.Length < 12)
            throw new ImageFormatException("The PNG file ends before its last chunk. It is cut short.");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span);
        uint type = BinaryPrimitives.ReadUInt32BigEndian(rest.Span[4..]);
        if (length > rest.Length - 12)
            throw new ImageFormatException(
                $"The PNG chunk '{Name(type)}' says it has {length} bytes; the file has {rest.Length - 12} left.");
        ReadOnlyMemory<byte> body = rest.Slice(4, (int)length + 4);
        if (Crc32.Of(body.Span) != BinaryPrimitives.ReadUInt32BigEndian(rest.Span[((int)length + 8)..]))
            throw new ImageFormatException(
                $"The checksum of the PNG chunk '{Name(type)}' does not fit its bytes. The file is damaged.");
        rest = rest[((int)length + 12)..];
        return (type, body[4..]);
    }

    /// <summary>The four letters of a chunk's type; what is no letter shows as a question mark.</summary>
    private static string Name(uint type)
    {
        Span<char> name = stackalloc char[4];
        for (int i = 0; i < 4; i++)
        {
            char letter = (char)(byte)(type >> (24 - 8 * i));
            name[i] = char.IsAsciiLetter(letter) ? letter : '?';
        }
        return new string(name);
    }
}
