namespace Attune.Codecs;

/// <summary>
/// The chunks of a PNG file, one after another: a length, a type of four letters, data, and the checksum of type and
/// data.
/// </summary>
internal sealed class PngChunks(ByteSource source)
{
    // The fifth bit of the first letter: small letters mark chunks that may be ignored.
    private const uint AncillaryBit = 0x20000000;

    private Crc32 sum = new();

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The four letters of the present chunk, the first in the highest byte.</summary>
    public uint Type { get; private set; }

    /// <summary>Bytes of the present chunk not yet read.</summary>
    public int Left { get; private set; }

    /// <summary>Bytes of the file not yet read, where they can be told.</summary>
    public long? Remaining => source.Remaining;

    public bool IsAncillary => (Type & AncillaryBit) != 0;

    /// <summary>The type as its letters; what is no letter shows as a question mark.</summary>
    public string Name => string.Create(4, Type, static (name, type) =>
    {
        for (int i = 0; i < 4; i++)
        {
            char letter = (char)(byte)(type >> (24 - 8 * i));
            name[i] = char.IsAsciiLetter(letter) ? letter : '?';
        }
    });

    /// <summary>Goes to the next chunk; the present one must have been read to its end.</summary>
    /// <exception cref="ImageFormatException">The file has ended, or what follows is no chunk.</exception>
    public void MoveNext()
    {
        Span<byte> type = stackalloc byte[4];
        uint length = source.ReadUInt32BigEndian();
        source.Read(type);
        Type = (uint)(type[0] << 24 | type[1] << 16 | type[2] << 8 | type[3]);
        if (Name.Contains('?', StringComparison.Ordinal) || length > int.MaxValue)
            throw new ImageFormatException(
                $"A PNG chunk has a type of four letters and up to {int.MaxValue} bytes; this one is '{Name}' of "
                + $"{length} bytes. The file is damaged.");
        if (length > source.Remaining)
            throw new ImageFormatException(
                $"The PNG chunk '{Name}' says it has {length} bytes; the file has {source.Remaining} left.");
        Left = (int)length;
        sum = new Crc32();
        sum.Append(type);
    }

    /// <summary>Reads a part of the chunk; 0 bytes at its end.</summary>
    public int Read(Span<byte> bytes)
    {
        int count = Math.Min(bytes.Length, Left);
        source.Read(bytes[..count]);
        sum.Append(bytes[..count]);
        Left -= count;
        return count;
    }

    /// <summary>All of a chunk of few bytes.</summary>
    public byte[] ReadAll(int most)
    {
        if (Left > most)
            throw new ImageFormatException($"A PNG chunk '{Name}' has at most {most} bytes; this one has {Left}.");
        byte[] data = new byte[Left];
        _ = Read(data);
        return data;
    }

    /// <summary>Passes over what is left of the chunk, and compares its checksum.</summary>
    /// <returns>Whether the checksum fits, which only a chunk that may be ignored can lack.</returns>
    /// <exception cref="ImageFormatException">The checksum of a chunk that cannot be ignored does not fit.</exception>
    public bool Finish()
    {
        Span<byte> passed = stackalloc byte[512];
        while (Left > 0)
            _ = Read(passed);
        if (source.ReadUInt32BigEndian() == sum.Value)
            return true;
        return IsAncillary
            ? false
            : throw new ImageFormatException(
                $"The checksum of the PNG chunk '{Name}' does not fit its bytes. The file is damaged.");
    }
}
