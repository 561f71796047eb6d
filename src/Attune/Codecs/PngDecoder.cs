using System.IO.Compression;

namespace Attune.Codecs;

/// <summary>
/// Reads PNG images: all colour types and depths, palettes, transparency, interlaced or not. Specification: ISO/IEC
/// 15948.</summary>
internal sealed class PngDecoder : IImageDecoder
{
    // Deflate writes at most 258 bytes for two bits: no stream grows by more than 1032, and a little for its frame.
    private const int MaxExpansion = 1032;
    private const int FrameAllowance = 1024;

    public string FormatName => "PNG";

    public bool Recognises(ReadOnlySpan<byte> file) => file.StartsWith(PngFile.Signature);

    public DecodedImage Decode(ReadOnlyMemory<byte> file)
    {
        PngFile png = PngFile.Read(file);
        CheckMemory(png);
        var samples = new PngSamples(png);
        PngHeader header = png.Header;
        var image = new DecodedImage(
            header.Width, header.Height, samples.Channels, new byte[header.Width * header.Height * samples.Channels]);
        using var rows = new ZLibStream(new ChunkStream(png.ImageData), CompressionMode.Decompress);
        try
        {
            foreach (PngPass pass in PngPass.Of(header))
                ReadPass(pass, header, rows, samples, image);
            // Reading on to the end makes the stream compare its checksum. Bytes that are too many are left alone.
            _ = rows.ReadByte();
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new ImageFormatException("The PNG file's pixels cannot be decompressed. It is damaged.", error);
        }
        return image;
    }

    /// <summary>The header is believed only if the compressed bytes could hold that many pixels.</summary>
    private static void CheckMemory(PngFile png)
    {
        long compressed = 0;
        foreach (ReadOnlyMemory<byte> chunk in png.ImageData)
            compressed += chunk.Length;
        long expanded = 0;
        foreach (PngPass pass in PngPass.Of(png.Header))
            expanded += pass.Bytes(png.Header);
        if (expanded > compressed * MaxExpansion + FrameAllowance)
            throw new ImageFormatException(
                $"A PNG image of {png.Header.Width}×{png.Header.Height} takes {expanded} bytes of pixels; the "
                + $"{compressed} compressed bytes of this file cannot hold them. It is cut short or damaged.");
    }

    private static void ReadPass(PngPass pass, PngHeader header, Stream rows, PngSamples samples, DecodedImage image)
    {
        int columns = pass.Columns(header);
        if (columns == 0)
            return;
        // One byte for the filter, then the row. Two rows take turns as the present one and the one above.
        byte[] present = new byte[header.BytesOf(columns) + 1];
        byte[] above = new byte[present.Length];
        int count = pass.Rows(header);
        for (int i = 0; i < count; i++)
        {
            if (rows.ReadAtLeast(present, present.Length, throwOnEndOfStream: false) < present.Length)
                throw new ImageFormatException("The PNG file's pixels end too early. It is cut short or damaged.");
            PngFilter.Undo(present[0], present.AsSpan(1), above.AsSpan(1), header.FilterDistance);
            Span<byte> target = image.GetRow(pass.Y + i * pass.StepY)[(pass.X * samples.Channels)..];
            samples.Expand(present.AsSpan(1), columns, target, pass.StepX * samples.Channels);
            (present, above) = (above, present);
        }
    }
}
