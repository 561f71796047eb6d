using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>Numbers and runs of bytes, read forward from a file through a buffer.</summary>
internal sealed class ByteSource(Stream stream, string formatName)
{
    private const int MostBuffered = 1 << 16;

    private readonly byte[] buffer =
        new byte[(int)Math.Clamp((stream as ImageStream)?.Remaining ?? MostBuffered, 64, MostBuffered)];

    private int position;
    private int end;

    public string FormatName => formatName;

    /// <summary>Bytes not yet read, where they can be told.</summary>
    public long? Remaining => (stream as ImageStream)?.Remaining + (end - position);

    /// <summary>What has been read ahead; empty is not yet the end.</summary>
    public ReadOnlySpan<byte> Buffered => buffer.AsSpan(position, end - position);

    /// <summary>Passes over bytes that were seen in <see cref="Buffered"/>.</summary>
    public void Advance(int count) => position += count;

    /// <summary>Reads ahead once nothing is left; false at the end of the file.</summary>
    public bool Refill()
    {
        position = 0;
        end = stream.Read(buffer);
        return end > 0;
    }

    /// <summary>The next byte; -1 at the end of the file.</summary>
    public int Next() => position < end || Refill() ? buffer[position++] : -1;

    /// <exception cref="ImageFormatException">The file has ended.</exception>
    public byte ReadByte() => position < end || Refill() ? buffer[position++] : throw CutShort();

    /// <summary>Fills a span.</summary>
    /// <exception cref="ImageFormatException">The file has ended.</exception>
    public void Read(Span<byte> bytes)
    {
        if (ReadUpTo(bytes) < bytes.Length)
            throw CutShort();
    }

    /// <summary>Fills a span as far as the file goes; how far that is.</summary>
    public int ReadUpTo(Span<byte> bytes)
    {
        int done = 0;
        while (done < bytes.Length && (position < end || Refill()))
        {
            int count = Math.Min(bytes.Length - done, end - position);
            buffer.AsSpan(position, count).CopyTo(bytes[done..]);
            position += count;
            done += count;
        }
        return done;
    }

    /// <exception cref="ImageFormatException">The file has ended.</exception>
    public void Skip(long count)
    {
        while (count > 0)
        {
            if (position == end && !Refill())
                throw CutShort();
            int step = (int)Math.Min(count, end - position);
            position += step;
            count -= step;
        }
    }

    public int ReadUInt16BigEndian()
    {
        Span<byte> bytes = stackalloc byte[2];
        Read(bytes);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public uint ReadUInt32BigEndian()
    {
        Span<byte> bytes = stackalloc byte[4];
        Read(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    public int ReadUInt16LittleEndian()
    {
        Span<byte> bytes = stackalloc byte[2];
        Read(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public ImageFormatException CutShort() =>
        new($"The {formatName} file ends too early. It is cut short or damaged.");
}
