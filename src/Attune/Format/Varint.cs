namespace Attune.Format;

/// <summary>Protobuf's integers of seven bits per byte, the lowest first, as they are written.</summary>
internal static class Varint
{
    public static int Size(long value)
    {
        int size = 1;
        for (ulong rest = (ulong)value >> 7; rest != 0; rest >>= 7)
            size++;
        return size;
    }

    public static void Write(Stream destination, long value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int count = 0;
        ulong rest = (ulong)value;
        do
        {
            bytes[count++] = (byte)((rest & 0x7F) | (rest > 0x7F ? 0x80u : 0));
            rest >>= 7;
        }
        while (rest != 0);
        destination.Write(bytes[..count]);
    }
}
