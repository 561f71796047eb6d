namespace Attune.Codecs;

/// <summary>The codes of one Huffman table of a JPEG file, laid out so that most are found by one look.</summary>
internal sealed class JpegHuffmanTable
{
    /// <summary>Bits that are looked at together.</summary>
    public const int LookAhead = 10;

    // For the next bits of the file: the length of the code in the high byte and its symbol; 0: it is longer.
    private readonly ushort[] symbols = new ushort[1 << LookAhead];

    // The same, with the coefficient that follows: value << 16 | run << 8 | bits of both; 0: they are longer, or none.
    private readonly int[] coefficients = new int[1 << LookAhead];

    // For each length: one more than the last code, moved to the top of 16 bits; and what leads from code to symbol.
    private readonly int[] ends = new int[17];
    private readonly int[] offsets = new int[17];
    private readonly byte[] values;

    /// <param name="counts">Number of codes of 1 to 16 bits.</param>
    /// <param name="values">Their symbols, shortest first.</param>
    /// <exception cref="ImageFormatException">There are more codes of a length than bits can tell apart.</exception>
    public JpegHuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
    {
        this.values = values.ToArray();
        int code = 0, index = 0;
        for (int length = 1; length <= 16; length++, code <<= 1)
        {
            offsets[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, index++)
                if (length <= LookAhead && code < 1 << length)
                    symbols.AsSpan(code << (LookAhead - length), 1 << (LookAhead - length))
                        .Fill((ushort)(length << 8 | values[index]));
            if (code > 1 << length)
                throw new ImageFormatException(
                    $"The JPEG file has a Huffman table with more codes of {length} bits than there can be. It is "
                    + "damaged.");
            ends[length] = code << (16 - length);
        }
        MakeCoefficients();
    }

    public ReadOnlySpan<ushort> Symbols => symbols;

    public ReadOnlySpan<int> Coefficients => coefficients;

    /// <summary>Whether all symbols are numbers of bits that a coefficient can have.</summary>
    public bool AreSizes => !values.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)15);

    /// <summary>A code of more bits than are looked at together.</summary>
    /// <param name="bits">The next 16 bits.</param>
    /// <returns>Its length in the high byte, and its symbol; a code that is none counts as 16 bits, symbol
    /// 0.</returns>
    public int FindLong(int bits)
    {
        for (int length = LookAhead + 1; length <= 16; length++)
            if (bits < ends[length])
                return length << 8 | values[(bits >> (16 - length)) + offsets[length]];
        return 16 << 8;
    }

    /// <summary>A number of some bits as JPEG means it: numbers whose first bit is 0 are negative.</summary>
    public static int Extend(int bits, int size) => bits + (((bits - (1 << (size - 1))) >> 31) & (1 - (1 << size)));

    private void MakeCoefficients()
    {
        for (int bits = 0; bits < symbols.Length; bits++)
        {
            int length = symbols[bits] >> 8, run = (symbols[bits] >> 4) & 15, size = symbols[bits] & 15;
            if (length == 0 || size == 0 || length + size > LookAhead)
                continue;
            int number = (bits >> (LookAhead - length - size)) & ((1 << size) - 1);
            coefficients[bits] = Extend(number, size) << 16 | run << 8 | (length + size);
        }
    }
}
