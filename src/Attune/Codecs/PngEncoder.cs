using System.Buffers.Binary;
using System.IO.Compression;
using Attune.Arrays;

namespace Attune.Codecs;

/// <summary>Writes PNG images of 8 bits per channel: gray, red-green-blue, or with alpha. Not interlaced.</summary>
internal static class PngEncoder
{
    // The size of the chunks that pixels are written in; what is compressed is never held whole.
    private const int ChunkLength = 1 << 16;

    public static void Encode(MLPixelBuffer image, Stream stream)
    {
        stream.Write(PngChunks.Signature);
        MLPixelFormat format = PixelFormats.IsGray(image.PixelFormat) ? MLPixelFormat.OneComponent8
            : PixelFormats.HasAlpha(image.PixelFormat) ? MLPixelFormat.Rgba32 : MLPixelFormat.Rgb24;
        WriteChunk(stream, "IHDR"u8, Header(image, format));
        using (var chunks = new BufferedStream(new PngChunkWriter(stream), ChunkLength))
        using (var compressed = new ZLibStream(chunks, CompressionLevel.Optimal))
            WriteRows(image, format, compressed);
        WriteChunk(stream, "IEND"u8, []);
    }

    private static byte[] Header(MLPixelBuffer image, MLPixelFormat format)
    {
        byte[] header = new byte[PngHeader.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;
        header[9] = (byte)(format switch
        {
            MLPixelFormat.OneComponent8 => PngColour.Gray,
            MLPixelFormat.Rgb24 => PngColour.Rgb,
            _ => PngColour.Rgba,
        });
        return header;
    }

    /// <summary>Every row is stored as its difference from the one above: simple, and good for drawings and
    /// photographs.</summary>
    private static void WriteRows(MLPixelBuffer image, MLPixelFormat format, Stream compressed)
    {
        var present = new MLPixelBuffer(image.Width, 1, format);
        var above = new MLPixelBuffer(image.Width, 1, format);
        byte[] stored = new byte[image.Width * present.BytesPerPixel + 1];
        stored[0] = 2;
        for (int y = 0; y < image.Height; y++)
        {
            PixelConversion.Convert(image.Part(0, y, image.Width, 1), present, MLImageTransparency.Keep);
            ReadOnlySpan<byte> row = present.GetRow(0), before = above.GetRow(0);
            for (int i = 0; i < row.Length; i++)
                stored[i + 1] = (byte)(row[i] - before[i]);
            compressed.Write(stored);
            (present, above) = (above, present);
        }
    }

    public static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        var sum = new Crc32();
        sum.Append(type);
        sum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, sum.Value);
        stream.Write(number);
    }
}

/// <summary>Makes a chunk of pixels of whatever is written to it at once.</summary>
file sealed class PngChunkWriter(Stream stream) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => PngEncoder.WriteChunk(stream, "IDAT"u8, buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
