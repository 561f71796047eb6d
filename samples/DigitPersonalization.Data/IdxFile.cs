using System.Buffers.Binary;
using System.IO.Compression;

namespace DigitPersonalization.Data;

/// <summary>
/// MNIST's file format, for bytes only: two zero bytes, 8 for "unsigned byte", the number of dimensions, each dimension
/// as a big-endian int, then the values.
/// </summary>
internal static class IdxFile
{
    private const int UnsignedByte = 8;

    /// <summary>Reads the file, or where there is none, the file with <c>.gz</c> at its end, unpacked.</summary>
    public static (int[] Dimensions, byte[] Values) Read(string path)
    {
        using Stream stream = File.Exists(path)
            ? File.OpenRead(path)
            : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);

        Span<byte> word = stackalloc byte[sizeof(int)];
        stream.ReadExactly(word);
        if (word is not [0, 0, UnsignedByte, >= 1 and <= 3])
            throw new InvalidDataException($"'{path}' takes an IDX file of bytes; got the first bytes "
                + $"{Convert.ToHexString(word)}.");

        var dimensions = new int[word[3]];
        for (int i = 0; i < dimensions.Length; i++)
        {
            stream.ReadExactly(word);
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(word);
            if (dimensions[i] < 0)
                throw new InvalidDataException($"'{path}' takes dimensions of 0 and more; got {dimensions[i]}.");
        }

        var values = new byte[dimensions.Aggregate(1, (product, dimension) => checked(product * dimension))];
        stream.ReadExactly(values);
        return (dimensions, values);
    }

    public static void WriteGzip(string path, ReadOnlySpan<int> dimensions, ReadOnlySpan<byte> values)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);

        Span<byte> word = [0, 0, UnsignedByte, (byte)dimensions.Length];
        stream.Write(word);
        foreach (int dimension in dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, dimension);
            stream.Write(word);
        }

        stream.Write(values);
    }
}
