namespace Attune.Codecs;

/// <summary>
/// Reads the first picture of GIF files, in its place on the file's screen. What it leaves free is transparent, and so
/// is its transparent colour. Specification: GIF89a.
/// </summary>
internal sealed class GifDecoder : IImageDecoder
{
    private const int Extension = 0x21, Picture = 0x2C, Trailer = 0x3B;
    private const int GraphicControl = 0xF9;

    public string FormatName => "GIF";

    public bool Recognises(ReadOnlySpan<byte> start) => start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8);

    public DecodedImage Decode(Stream stream, ImageLimits limits, CancellationToken cancellationToken)
    {
        var source = new ByteSource(stream, FormatName);
        source.Skip(6);
        int width = source.ReadUInt16LittleEndian(), height = source.ReadUInt16LittleEndian();
        int flags = source.ReadByte();
        source.Skip(2);
        byte[]? palette = ReadPalette(source, flags);
        int transparent = -1;
        while (true)
        {
            switch (source.ReadByte())
            {
                case Extension:
                    transparent = ReadExtension(source) ?? transparent;
                    break;
                case Picture:
                    GifFrame frame = GifFrame.Read(source);
                    byte[] colours = ReadPalette(source, frame.Flags) ?? palette
                        ?? throw new ImageFormatException("The GIF file's pixels name colours, and it has none.");
                    return new DecodedImage(
                        frame.Decode(source, width, height, colours, transparent, limits, cancellationToken));
                case Trailer:
                    throw new ImageFormatException("The GIF file holds no picture.");
                default:
                    // Between blocks some writers leave zeros, which mean nothing.
                    break;
            }
        }
    }

    /// <summary>The colours that a byte of flags announces, 256 of them; null if it announces none.</summary>
    private static byte[]? ReadPalette(ByteSource source, int flags)
    {
        if ((flags & 0x80) == 0)
            return null;
        byte[] palette = new byte[256 * 3];
        source.Read(palette.AsSpan(0, 3 * (2 << (flags & 7))));
        return palette;
    }

    /// <summary>Passes over an extension; the transparent colour if it tells one, -1 if it tells that there is none.
    /// </summary>
    private static int? ReadExtension(ByteSource source)
    {
        bool isControl = source.ReadByte() == GraphicControl;
        int? transparent = null;
        Span<byte> control = stackalloc byte[4];
        for (int length = source.ReadByte(); length > 0; length = source.ReadByte())
        {
            if (isControl && length >= 4)
            {
                source.Read(control);
                transparent = (control[0] & 1) == 1 ? control[3] : -1;
                length -= 4;
            }
            source.Skip(length);
        }
        return transparent;
    }
}
