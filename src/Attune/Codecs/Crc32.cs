using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>
/// The checksum of PNG chunks: CRC-32 of ISO 3309, polynomial 0x04C11DB7 with bits reversed. Eight bytes are taken at
/// once: the table of column k tells what a byte does to the sum when k more bytes follow it.
/// </summary>
internal struct Crc32()
{
    private static readonly uint[] Table = MakeTable();

    private uint crc = 0xFFFFFFFF;

    /// <summary>The sum of all bytes that were appended.</summary>
    public readonly uint Value => ~crc;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = new Crc32();
        sum.Append(bytes);
        return sum.Value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> table = Table;
        uint sum = crc;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ sum;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            sum = table[(7 << 8) + (byte)low] ^ table[(6 << 8) + (byte)(low >> 8)]
                ^ table[(5 << 8) + (byte)(low >> 16)] ^ table[(4 << 8) + (int)(low >> 24)]
                ^ table[(3 << 8) + (byte)high] ^ table[(2 << 8) + (byte)(high >> 8)]
                ^ table[(1 << 8) + (byte)(high >> 16)] ^ table[(int)(high >> 24)];
        }
        foreach (byte next in bytes)
            sum = table[(byte)(sum ^ next)] ^ (sum >> 8);
        crc = sum;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            table[i] = crc;
        }
        for (int i = 256; i < table.Length; i++)
            table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        return table;
    }
}
