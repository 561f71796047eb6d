using System.Buffers.Binary;
using System.IO.Compression;

namespace Attune.Codecs;

/// <summary>Writes PNG images of 8 bits per channel: gray, red-green-blue, or with alpha. Not interlaced.</summary>
internal static class PngEncoder
{
    public static byte[] Encode(DecodedImage image)
    {
        var file = new MemoryStream();
        file.Write(PngFile.Signature);
        WriteChunk(file, "IHDR"u8, Header(image));
        WriteChunk(file, "IDAT"u8, Compress(image));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(DecodedImage image)
    {
        byte[] header = new byte[PngHeader.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;
        header[9] = (byte)(image.Channels switch
        {
            1 => PngColour.Gray,
            3 => PngColour.Rgb,
            _ => PngColour.Rgba,
        });
        return header;
    }

    /// <summary>Every row is stored as its difference from the one above: simple, and good for drawings and
    /// photographs.</summary>
    private static ReadOnlySpan<byte> Compress(DecodedImage image)
    {
        var compressed = new MemoryStream();
        using (var rows = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] stored = new byte[image.BytesPerRow + 1];
            stored[0] = 2;
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> row = image.GetRow(y);
                for (int i = 0; i < row.Length; i++)
                    stored[i + 1] = (byte)(row[i] - (y == 0 ? 0 : image.GetRow(y - 1)[i]));
                rows.Write(stored);
            }
        }
        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        long start = file.Length;
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(file.GetBuffer().AsSpan((int)start, data.Length + 4)));
        file.Write(number);
    }
}
