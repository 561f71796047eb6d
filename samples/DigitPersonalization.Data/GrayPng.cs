using System.Buffers.Binary;
using System.IO.Compression;

namespace DigitPersonalization.Data;

/// <summary>Writes 8-bit gray PNG files: one header, one block of rows, nothing else.</summary>
internal static class GrayPng
{
    public static void Write(string path, ReadOnlySpan<byte> pixels, int width, int height)
    {
        using FileStream file = File.Create(path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);

        // Width, height, 8 bits, gray (0), deflate (0), the five filters (0), not interlaced (0).
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);

        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Pack(pixels, width, height));
        WriteChunk(file, "IEND"u8, []);
    }

    private static byte[] Pack(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
            for (int y = 0; y < height; y++)
            {
                zlib.WriteByte(0);   // this row's filter: none
                zlib.Write(pixels.Slice(y * width, width));
            }

        return packed.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(word, content.Length);
        file.Write(word);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, type), content));
        file.Write(word);
    }

    // CRC-32 of the PNG specification, bit by bit: a hundred small files do not need a table.
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }

        return crc;
    }
}
