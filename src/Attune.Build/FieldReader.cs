using Google.Protobuf;

namespace Attune.Build;

/// <summary>
/// Walks the fields of a protobuf message in a stream that can seek. Protobuf's own reader would read what it skips.
/// </summary>
internal sealed class FieldReader(Stream stream)
{
    private readonly long length = stream.Length;

    public int Number { get; private set; }

    public WireFormat.WireType Type { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (stream.Position >= length)
            return false;
        ulong tag = ReadVarint();
        if (tag is 0 or > uint.MaxValue)
            throw NotProtobuf();
        Number = WireFormat.GetTagFieldNumber((uint)tag);
        Type = WireFormat.GetTagWireType((uint)tag);
        return true;
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int next = stream.ReadByte();
            if (next < 0)
                throw EndsEarly();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw NotProtobuf();
    }

    /// <summary>The content of a length-delimited field.</summary>
    public byte[] ReadBytes(int most)
    {
        long count = ReadLength();
        if (count > most)
            throw new InvalidDataException($"Its description takes {count} bytes; at most {most} are read.");
        byte[] bytes = new byte[count];
        for (int read = 0; read < bytes.Length;)
        {
            int now = stream.Read(bytes, read, bytes.Length - read);
            read += now > 0 ? now : throw EndsEarly();
        }
        return bytes;
    }

    public void Skip()
    {
        if (Type == WireFormat.WireType.Varint)
        {
            ReadVarint();
            return;
        }
        long count = Type switch
        {
            WireFormat.WireType.Fixed32 => 4,
            WireFormat.WireType.Fixed64 => 8,
            WireFormat.WireType.LengthDelimited => ReadLength(),
            _ => throw NotProtobuf(),
        };
        if (count > length - stream.Position)
            throw EndsEarly();
        stream.Seek(count, SeekOrigin.Current);
    }

    private long ReadLength()
    {
        ulong count = ReadVarint();
        return count <= (ulong)(length - stream.Position) ? (long)count : throw EndsEarly();
    }

    private static InvalidDataException EndsEarly() => new("It ends early.");

    private static InvalidDataException NotProtobuf() => new("Its bytes are not those of a protobuf message.");
}
