using System.Runtime.InteropServices;

namespace Attune.Format;

/// <summary>
/// Reads protobuf's primitives from a stream in order, keeps their bytes as they came, and knows where it stands.
/// </summary>
internal sealed class WireReader
{
    private const int WindowBytes = 1 << 16;
    private const int FirstValues = 1 << 16;
    private const int MostKept = int.MaxValue - (2 * WindowBytes);

    private readonly Stream stream;
    private readonly LiteralBuffer literal = new();
    private readonly byte[] window;
    private long windowStart;
    private int filled;
    private int at;
    private int keptTo;

    public WireReader(Stream stream)
    {
        this.stream = stream;
        End = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : long.MaxValue;
        window = new byte[(int)Math.Clamp(End, 16, WindowBytes)];
    }

    /// <summary>Where the file ends; <see cref="long.MaxValue"/> where the stream does not tell.</summary>
    public long End { get; }

    /// <summary>The number of bytes read.</summary>
    public long Position => windowStart + at;

    /// <summary>Where the next byte will stand among the bytes that are kept.</summary>
    public int LiteralPosition => checked(literal.Length + at - keptTo);

    /// <summary>The path of the field that is read, for errors.</summary>
    public FieldPath Path { get; } = new();

    /// <summary>Whether the stream has no more bytes.</summary>
    public bool IsAtEnd() => at == filled && !Fill();

    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Byte();
            if (shift == 63 && next > 1)
                break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Refuse("takes a number of at most 64 bits; got a longer one");
    }

    /// <summary>A length; checked against the bytes that are left where it stands.</summary>
    public int Length(long end)
    {
        ulong length = Varint();
        if (length > int.MaxValue || (long)length > end - Position)
            throw Refuse(
                $"takes at most {Math.Clamp(end - Position, 0, int.MaxValue)} bytes; its length says {length}");
        return (int)length;
    }

    /// <summary>Passes over bytes, keeping them.</summary>
    public void Skip(long count)
    {
        while (count > filled - at)
        {
            count -= filled - at;
            at = filled;
            if (!Fill())
                throw CutOff();
        }
        at += (int)count;
    }

    /// <summary>
    /// Takes values out: they are not among the bytes that are kept. One copy, straight from the stream.
    /// </summary>
    public T[] TakeOut<T>(int count)
        where T : unmanaged
    {
        Keep();
        // A stream that does not tell its length gets memory only for what it has delivered.
        T[] values = GC.AllocateUninitializedArray<T>(End == long.MaxValue ? Math.Min(count, FirstValues) : count);
        int done = 0;
        while (true)
        {
            CopyOut(MemoryMarshal.AsBytes(values.AsSpan(done)));
            done = values.Length;
            if (done == count)
                return values;
            Array.Resize(ref values, (int)Math.Min(count, 2L * done));
        }
    }

    /// <summary>Copies bytes that are kept as well.</summary>
    public void Copy(Span<byte> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = Byte();
    }

    /// <summary>All bytes but those taken out; the reader is not used afterwards.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        Keep();
        return literal.ToMemory();
    }

    /// <summary>The error of the field that is read: "Field 'x' at byte 12 …".</summary>
    public MLModelFormatException Refuse(string what) =>
        new($"Field '{Path}' at byte {Position} {what}. The model file is damaged or no model.", Path.ToString());

    private MLModelFormatException CutOff() => new(
        $"The model file ends at byte {Position}, in the middle of field '{Path}'. It is cut off.", Path.ToString());

    private byte Byte()
    {
        if (at == filled && !Fill())
            throw CutOff();
        return window[at++];
    }

    private void CopyOut(Span<byte> destination)
    {
        int ready = Math.Min(filled - at, destination.Length);
        window.AsSpan(at, ready).CopyTo(destination);
        at += ready;
        keptTo = at;
        destination = destination[ready..];
        while (destination.Length > 0)
        {
            // The window is empty here, so that the position can move without it.
            int read = stream.Read(destination);
            if (read == 0)
                throw CutOff();
            windowStart += read;
            destination = destination[read..];
        }
    }

    private void Keep()
    {
        if (literal.Length > MostKept)
            throw Refuse($"stands behind {literal.Length} bytes besides weights; a model has at most {MostKept}");
        literal.Append(window.AsSpan(keptTo, at - keptTo));
        keptTo = at;
    }

    private bool Fill()
    {
        Keep();
        windowStart += filled;
        at = 0;
        keptTo = 0;
        filled = stream.Read(window);
        return filled > 0;
    }
}
