using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Attune.Codecs;

/// <summary>
/// The bits of a scan. A byte 255 is followed by a 0 that does not count, or by a marker, where the scan ends. Beyond
/// the end there are zeros.
/// </summary>
internal sealed class JpegBits(ByteSource source)
{
    // Zeros that were made up beyond the end.
    private int madeUp;

    /// <summary>The next bits, the first at the top.</summary>
    public ulong Bits;

    /// <summary>How many of them there are; after <see cref="Fill"/> 33 or more.</summary>
    public int Count;

    /// <summary>The marker that the bits ended at; 0 while there may be more, -1 at the end of the file.</summary>
    public int Marker { get; private set; }

    /// <summary>Whether more bits were taken than there are.</summary>
    public bool IsExhausted => madeUp > Count;

    /// <summary>Begins anew behind a marker.</summary>
    public void Begin()
    {
        Bits = 0;
        Count = madeUp = Marker = 0;
    }

    /// <summary>Takes the next marker of the file, passing over anything before it.</summary>
    public int TakeMarker()
    {
        int marker = Marker;
        if (marker == 0)
        {
            int next = source.Next();
            while (next >= 0 && (next != 255 || (marker = Code()) == 0))
                next = source.Next();
            if (next < 0)
                marker = -1;
        }
        Begin();
        return marker;
    }

    /// <summary>Puts a marker back, so that the bits end there.</summary>
    public void PutBack(int marker) => Marker = marker;

    /// <summary>Makes sure of 33 bits: a code of 16 and a number of 16.</summary>
    public void Fill()
    {
        while (Count <= 32)
        {
            ReadOnlySpan<byte> ahead = source.Buffered;
            if (Marker == 0 && ahead.Length >= 4)
            {
                uint four = BinaryPrimitives.ReadUInt32BigEndian(ahead);
                // Whether no byte is 255: the complement has no byte 0.
                if (((~four - 0x01010101) & four & 0x80808080) == 0)
                {
                    source.Advance(4);
                    Bits |= (ulong)four << (32 - Count);
                    Count += 32;
                    return;
                }
            }
            Bits |= (ulong)NextByte() << (56 - Count);
            Count += 8;
        }
    }

    /// <summary>One symbol.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Symbol(JpegHuffmanTable table)
    {
        if (Count <= 32)
            Fill();
        int found = table.Symbols[(int)(Bits >> (64 - JpegHuffmanTable.LookAhead))];
        if (found == 0)
            found = table.FindLong((int)(Bits >> 48));
        Bits <<= found >> 8;
        Count -= found >> 8;
        return found & 255;
    }

    /// <summary>A number of 0 to 16 bits, straight after a symbol.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Number(int size)
    {
        if (size == 0)
            return 0;
        if (Count <= 32)
            Fill();
        int number = (int)(Bits >> (64 - size));
        Bits <<= size;
        Count -= size;
        return number;
    }

    private int NextByte()
    {
        if (Marker == 0)
        {
            int next = source.Next();
            if (next >= 0 && next != 255)
                return next;
            Marker = next < 0 ? -1 : Code();
            if (Marker == 0)
                return 255;
        }
        madeUp += 8;
        return 0;
    }

    /// <summary>What follows a byte 255; any number of further bytes 255 may stand before it.</summary>
    private int Code()
    {
        int code = source.Next();
        while (code == 255)
            code = source.Next();
        return code;
    }
}
