using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>
/// Reads BMP images of 1 to 32 bits: with palettes, bit masks and alpha, plain or run-length coded, from the bottom up
/// or from the top down. Specification: Microsoft's BITMAPINFOHEADER and its kin, and OS/2's.
/// </summary>
internal sealed class BmpDecoder : IImageDecoder
{
    public string FormatName => "BMP";

    public bool Recognises(ReadOnlySpan<byte> start) =>
        // The length of the header behind the file's own tells text that begins with these letters from an image.
        start.Length >= 18 && start.StartsWith("BM"u8) && start[14] is >= 12 and <= 124
        && !start[15..18].ContainsAnyExcept((byte)0);

    public DecodedImage Decode(Stream stream, ImageLimits limits, CancellationToken cancellationToken)
    {
        var source = new ByteSource(stream, FormatName);
        BmpHeader header = BmpHeader.Read(source, limits);
        bool isPlain = header.Compression
            is BmpCompression.None or BmpCompression.Masks or BmpCompression.MasksWithAlpha;
        bool hasAlpha = header.Masks is [.., not 0];
        limits.CheckMemory((long)header.Width * header.Height * (hasAlpha ? 4 : 3) + header.BytesPerRow, FormatName);
        if (isPlain && (long)header.BytesPerRow * header.Height - 3 > source.Remaining)
            throw source.CutShort();
        // A run of two bytes makes 255 pixels at the most, and a jump passes over as many pixels and rows.
        if (header.Height / 256 > source.Remaining)
            throw source.CutShort();

        var image = new MLPixelBuffer(
            header.Width, header.Height, hasAlpha ? MLPixelFormat.Rgba32 : MLPixelFormat.Rgb24);
        if (isPlain)
            ReadRows(source, header, image);
        else
            BmpRunLengths.Read(source, header, image, cancellationToken);
        return new DecodedImage(image);
    }

    private static void ReadRows(ByteSource source, BmpHeader header, MLPixelBuffer image)
    {
        byte[] row = new byte[header.BytesPerRow];
        BmpMask[] masks = [.. header.Masks.Select(mask => new BmpMask(mask))];
        for (int i = 0; i < header.Height; i++)
        {
            // Some writers leave out the last bytes that only fill up a word.
            int needed = (int)(((long)header.Width * header.BitsPerPixel + 7) / 8);
            int read = source.ReadUpTo(row);
            if (read < needed || (read < row.Length && i < header.Height - 1))
                throw source.CutShort();
            Span<byte> target = image.GetRow(header.IsTopDown ? i : header.Height - 1 - i);
            if (header.BitsPerPixel <= 8)
                WriteColours(row, header, target);
            else if (header.BitsPerPixel == 24)
                for (int at = 0; at < target.Length; at += 3)
                    (target[at], target[at + 1], target[at + 2]) = (row[at + 2], row[at + 1], row[at]);
            else
                WriteMasked(row, header.BitsPerPixel / 8, masks, target);
        }
    }

    private static void WriteColours(ReadOnlySpan<byte> row, BmpHeader header, Span<byte> target)
    {
        int bits = header.BitsPerPixel;
        for (int x = 0; x < header.Width; x++)
        {
            int at = x * bits;
            int colour = (row[at >> 3] >> (8 - bits - (at & 7))) & ((1 << bits) - 1);
            header.Palette.AsSpan(colour * 3, 3).CopyTo(target[(x * 3)..]);
        }
    }

    private static void WriteMasked(ReadOnlySpan<byte> row, int bytes, BmpMask[] masks, Span<byte> target)
    {
        int step = masks[3].IsEmpty ? 3 : 4;
        for (int from = 0, to = 0; to < target.Length; from += bytes, to += step)
        {
            uint pixel = bytes == 2
                ? BinaryPrimitives.ReadUInt16LittleEndian(row[from..])
                : BinaryPrimitives.ReadUInt32LittleEndian(row[from..]);
            for (int channel = 0; channel < step; channel++)
                target[to + channel] = masks[channel].Of(pixel);
        }
    }
}
