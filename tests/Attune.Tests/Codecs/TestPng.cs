using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Attune.Codecs;

namespace Attune.Tests.Codecs;

/// <summary>PNG files put together chunk by chunk, for what no encoder would write.</summary>
internal static class TestPng
{
    public static byte[] Of(params (string Type, byte[] Data)[] chunks)
    {
        var file = new MemoryStream();
        file.Write(PngChunks.Signature);
        foreach ((string type, byte[] data) in chunks)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
            file.Write(BigEndian((uint)data.Length));
            file.Write(body);
            file.Write(BigEndian(Crc32.Of(body)));
        }
        return file.ToArray();
    }

    public static (string, byte[]) Header(int width, int height, int depth, int colour, int interlace = 0) =>
    (
        "IHDR",
        [.. BigEndian((uint)width), .. BigEndian((uint)height), (byte)depth, (byte)colour, 0, 0, (byte)interlace]
    );

    /// <summary>Rows as they are compressed: each begins with the number of its filter.</summary>
    public static (string, byte[]) Pixels(params byte[] rows)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(rows);
        return ("IDAT", compressed.ToArray());
    }

    public static (string, byte[]) End => ("IEND", []);

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
