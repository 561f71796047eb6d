using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>The tables that a JPEG file has given so far. A later one takes the place of an earlier.</summary>
internal sealed class JpegTables
{
    private readonly ushort[]?[] quantization = new ushort[4][];
    private readonly JpegHuffmanTable?[] dc = [JpegStandardTables.LumaDc, JpegStandardTables.ChromaDc, null, null];
    private readonly JpegHuffmanTable?[] ac = [JpegStandardTables.LumaAc, JpegStandardTables.ChromaAc, null, null];

    /// <summary>Units from one restart marker to the next; 0: there are none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>A table by its number, row by row.</summary>
    /// <exception cref="ImageFormatException">The file has not given it.</exception>
    public ushort[] Quantization(int number) => quantization[number] ?? throw Missing("quantization", number);

    /// <exception cref="ImageFormatException">The file has not given it.</exception>
    public JpegHuffmanTable Dc(int number) => dc[number & 3] ?? throw Missing("Huffman", number);

    /// <exception cref="ImageFormatException">The file has not given it.</exception>
    public JpegHuffmanTable Ac(int number) => ac[number & 3] ?? throw Missing("Huffman", number);

    public void ReadQuantization(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            int number = segment[0] & 15, bytes = segment[0] >> 4 == 0 ? 1 : 2;
            if (number > 3 || segment.Length < 1 + 64 * bytes)
                throw Damaged("quantization");
            var table = new ushort[64];
            for (int i = 0; i < 64; i++)
                table[JpegOrder.Natural[i]] =
                    bytes == 1 ? segment[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + 2 * i)..]);
            quantization[number] = table;
            segment = segment[(1 + 64 * bytes)..];
        }
    }

    public void ReadHuffman(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            int total = 0;
            if (segment.Length < 17)
                throw Damaged("Huffman");
            foreach (byte count in segment[1..17])
                total += count;
            int kind = segment[0] >> 4, number = segment[0] & 15;
            if (kind > 1 || number > 3 || total > 256 || segment.Length < 17 + total)
                throw Damaged("Huffman");
            var table = new JpegHuffmanTable(segment[1..17], segment.Slice(17, total));
            if (kind == 0)
                dc[number] = table.AreSizes ? table : throw Damaged("Huffman");
            else
                ac[number] = table;
            segment = segment[(17 + total)..];
        }
    }

    public void ReadRestartInterval(ReadOnlySpan<byte> segment) => RestartInterval =
        segment.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(segment) : throw Damaged("restart");

    private static ImageFormatException Damaged(string kind) =>
        new($"The JPEG file's {kind} table does not fit its bytes or has a number that there is not. It is damaged.");

    private static ImageFormatException Missing(string kind, int number) =>
        new($"The JPEG file uses {kind} table {number}, which it does not give. It is damaged.");
}
