namespace Attune.Codecs;

/// <summary>Blocks that a scan holds whole, baseline or extended: decoded and turned into samples at once.</summary>
internal sealed class JpegSequentialBlocks(JpegBits bits) : IJpegBlocks
{
    private readonly short[] block = new short[64];

    public void Begin()
    {
    }

    public void Read(JpegComponent component, int column, int row)
    {
        Span<short> coefficients = block;
        coefficients.Clear();
        int size = bits.Symbol(component.DcTable!);
        if (size > 0)
            component.Mean += JpegHuffmanTable.Extend(bits.Number(size), size);
        coefficients[0] = (short)component.Mean;
        Span<byte> samples = component.SamplesOf(column, row);
        if (ReadRest(component.AcTable!, coefficients))
            JpegInverseDct.Transform(coefficients, component.Table, samples, component.SamplesPerRow);
        else
            JpegInverseDct.Fill(coefficients[0], component.Table, samples, component.SamplesPerRow);
    }

    /// <summary>Coefficients 1 to 63; false if there are none. The reader's bits are kept at hand: nothing else takes
    /// as long in a photograph.</summary>
    private bool ReadRest(JpegHuffmanTable table, Span<short> coefficients)
    {
        ReadOnlySpan<int> near = table.Coefficients;
        ReadOnlySpan<ushort> symbols = table.Symbols;
        ReadOnlySpan<byte> natural = JpegOrder.Natural;
        ulong ahead = bits.Bits;
        int count = bits.Count, k = 1;
        while (k < 64)
        {
            if (count <= 32)
            {
                (bits.Bits, bits.Count) = (ahead, count);
                bits.Fill();
                (ahead, count) = (bits.Bits, bits.Count);
            }
            int both = near[(int)(ahead >> (64 - JpegHuffmanTable.LookAhead))];
            if (both != 0)
            {
                ahead <<= both & 255;
                count -= both & 255;
                k += (both >> 8) & 255;
                coefficients[natural[k++]] = (short)(both >> 16);
                continue;
            }
            int found = symbols[(int)(ahead >> (64 - JpegHuffmanTable.LookAhead))];
            if (found == 0)
                found = table.FindLong((int)(ahead >> 48));
            ahead <<= found >> 8;
            count -= found >> 8;
            int run = (found >> 4) & 15, size = found & 15;
            if (size > 0)
            {
                k += run;
                coefficients[natural[k++]] = (short)JpegHuffmanTable.Extend((int)(ahead >> (64 - size)), size);
                ahead <<= size;
                count -= size;
            }
            else if (run == 15)
            {
                k += 16;
            }
            else
            {
                break;
            }
        }
        (bits.Bits, bits.Count) = (ahead, count);
        return k > 1 || coefficients[1..].ContainsAnyExcept((short)0);
    }
}
