using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>
/// What the chunks before a PNG file's pixels say about them. Every chunk's checksum is compared. Chunks that only
/// advise (gamma, text, time and so on) are skipped, and so is a transparency that does not fit, as libpng does.
/// </summary>
internal sealed class PngFile
{
    public const uint Idat = 0x49444154;
    private const uint Ihdr = 0x49484452, Plte = 0x504C5445, Trns = 0x74524E53, Iend = 0x49454E44;

    private readonly PngChunks chunks;
    private int paletteCount;

    private PngFile(PngChunks chunks, PngHeader header)
    {
        this.chunks = chunks;
        Header = header;
    }

    public PngHeader Header { get; }

    /// <summary>256 colours of red, green, blue and alpha; those that the file does not give are black and
    /// opaque.</summary>
    public byte[]? Palette { get; private set; }

    /// <summary>Whether a colour of the palette is not opaque.</summary>
    public bool PaletteHasAlpha { get; private set; }

    /// <summary>The gray, or the red, green and blue sample, at full depth, that is transparent.</summary>
    public ushort[]? TransparentSamples { get; private set; }

    /// <summary>Reads up to the first chunk of pixels.</summary>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    public static PngFile Read(PngChunks chunks, ImageLimits limits)
    {
        chunks.MoveNext();
        if (chunks.Type != Ihdr)
            throw new ImageFormatException(
                $"A PNG file begins with its header; this one with the chunk '{chunks.Name}'.");
        PngHeader header = PngHeader.Read(chunks.ReadAll(PngHeader.Length), limits);
        chunks.Finish();
        var file = new PngFile(chunks, header);
        for (chunks.MoveNext(); chunks.Type != Idat; chunks.MoveNext())
            file.Take();
        if (header.Colour == PngColour.Palette && file.Palette is null)
            throw new ImageFormatException("The PNG file's pixels name colours of a palette, and it has no palette.");
        return file;
    }

    /// <summary>Reads what follows the pixels, to the end of the image.</summary>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    public void ReadToEnd()
    {
        for (; chunks.Type != Iend; chunks.MoveNext())
        {
            if (chunks.Type is Ihdr or Plte or Idat || !chunks.IsAncillary)
                throw Misplaced();
            chunks.Finish();
        }
        chunks.Finish();
    }

    private void Take()
    {
        switch (chunks.Type)
        {
            case Plte when Header.Colour is PngColour.Palette:
                TakePalette(Palette is null ? chunks.ReadAll(256 * 3) : throw Misplaced());
                chunks.Finish();
                break;
            case Plte:
                // A suggestion for screens of few colours.
                chunks.Finish();
                break;
            case Trns when chunks.Left is >= 1 and <= 256:
                byte[] data = chunks.ReadAll(256);
                if (chunks.Finish())
                    TakeTransparency(data);
                break;
            case Iend:
                throw new ImageFormatException("The PNG file holds no pixels: it has no chunk 'IDAT'.");
            default:
                if (chunks.Type == Ihdr || !chunks.IsAncillary)
                    throw Misplaced();
                chunks.Finish();
                break;
        }
    }

    private void TakePalette(ReadOnlySpan<byte> data)
    {
        if (data.Length == 0 || data.Length % 3 != 0)
            throw new ImageFormatException(
                $"A PNG palette has 3 bytes for each of 1 to 256 colours; got {data.Length}.");
        // More colours than the pixels' bits can name are left out.
        paletteCount = Math.Min(data.Length / 3, 1 << Header.BitDepth);
        Palette = new byte[256 * 4];
        for (int i = 0; i < 256; i++)
        {
            if (i < paletteCount)
                data.Slice(i * 3, 3).CopyTo(Palette.AsSpan(i * 4));
            Palette[i * 4 + 3] = 255;
        }
    }

    private void TakeTransparency(ReadOnlySpan<byte> data)
    {
        if (Header.Colour is PngColour.Gray or PngColour.Rgb && data.Length == Header.Samples * 2)
        {
            TransparentSamples = new ushort[Header.Samples];
            int bits = (1 << Header.BitDepth) - 1;
            for (int i = 0; i < TransparentSamples.Length; i++)
                TransparentSamples[i] = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(data[(i * 2)..]) & bits);
        }
        else if (Palette is not null && data.Length <= paletteCount)
        {
            for (int i = 0; i < data.Length; i++)
                Palette[i * 4 + 3] = data[i];
            PaletteHasAlpha = data.ContainsAnyExcept((byte)255);
        }
    }

    private ImageFormatException Misplaced() => new(
        $"The PNG file has a chunk '{chunks.Name}' that must be understood, and cannot be where it stands. The file "
        + "is damaged or of a later kind of PNG.");
}
