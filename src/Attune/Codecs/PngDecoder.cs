using System.IO.Compression;
using Attune.Arrays;

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

    public bool Recognises(ReadOnlySpan<byte> start) => start.StartsWith(PngChunks.Signature);

    public DecodedImage Decode(Stream stream, ImageLimits limits, CancellationToken cancellationToken)
    {
        var source = new ByteSource(stream, FormatName);
        source.Skip(PngChunks.Signature.Length);
        var chunks = new PngChunks(source);
        PngFile file = PngFile.Read(chunks, limits);
        var samples = new PngSamples(file);
        CheckMemory(file.Header, samples.Format, chunks.Remaining, limits);
        var image = new MLPixelBuffer(file.Header.Width, file.Header.Height, samples.Format);
        ReadPixels(file.Header, chunks, samples, image);
        file.ReadToEnd();
        return new DecodedImage(image);
    }

    /// <summary>The header is believed only if the compressed bytes could hold that many pixels.</summary>
    private static void CheckMemory(PngHeader header, MLPixelFormat format, long? compressed, ImageLimits limits)
    {
        long pixels = (long)header.Width * header.Height * PixelFormats.BytesPerPixel(format);
        limits.CheckMemory(pixels + 2 * header.BytesOf(header.Width), "PNG");
        long expanded = 0;
        foreach (PngPass pass in PngPass.Of(header))
            expanded += pass.Bytes(header);
        if (compressed is { } bytes && expanded > bytes * MaxExpansion + FrameAllowance)
            throw new ImageFormatException(
                $"A PNG image of {header.Width}×{header.Height} takes {expanded} bytes of pixels; the {bytes} bytes "
                + "left in this file cannot hold them. It is cut short or damaged.");
    }

    private static void ReadPixels(PngHeader header, PngChunks chunks, PngSamples samples, MLPixelBuffer image)
    {
        var compressed = new PngPixelStream(chunks);
        try
        {
            using var rows = new ZLibStream(compressed, CompressionMode.Decompress, leaveOpen: true);
            foreach (PngPass pass in PngPass.Of(header))
                ReadPass(pass, header, rows, samples, image);
        }
        catch (Exception error) when (error is InvalidDataException or IOException && !compressed.HasFailed)
        {
            throw new ImageFormatException("The PNG file's pixels cannot be decompressed. It is damaged.", error);
        }
        compressed.Finish();
    }

    private static void ReadPass(PngPass pass, PngHeader header, Stream rows, PngSamples samples, MLPixelBuffer image)
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
            Span<byte> target = image.GetRow(pass.Y + i * pass.StepY)[(pass.X * image.BytesPerPixel)..];
            samples.Expand(present.AsSpan(1), columns, target, pass.StepX * image.BytesPerPixel);
            (present, above) = (above, present);
        }
    }
}
