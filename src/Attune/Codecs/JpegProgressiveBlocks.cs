namespace Attune.Codecs;

/// <summary>
/// Blocks that come in several scans: first the means, then ranges of coefficients, each by its high bits first and
/// bit by bit then. They are kept until the file ends.
/// </summary>
internal sealed class JpegProgressiveBlocks(JpegBits bits, JpegScan scan) : IJpegBlocks
{
    // Blocks for which nothing but refinements follows.
    private int emptyBlocks;

    public void Begin() => emptyBlocks = 0;

    public void Read(JpegComponent component, int column, int row)
    {
        Span<short> block = component.Block(column, row);
        if (scan.First == 0 && scan.Known == 0)
            ReadMean(component, block);
        else if (scan.First == 0)
            block[0] |= (short)(bits.Number(1) << scan.Lowest);
        else if (scan.Known == 0)
            ReadFirst(component.AcTable!, block);
        else
            Refine(component.AcTable!, block);
    }

    private void ReadMean(JpegComponent component, Span<short> block)
    {
        int size = bits.Symbol(component.DcTable!);
        if (size > 0)
            component.Mean += JpegHuffmanTable.Extend(bits.Number(size), size);
        block[0] = (short)(component.Mean << scan.Lowest);
    }

    private void ReadFirst(JpegHuffmanTable table, Span<short> block)
    {
        if (emptyBlocks > 0)
        {
            emptyBlocks--;
            return;
        }
        for (int k = scan.First; k <= scan.Last; k++)
        {
            int symbol = bits.Symbol(table);
            int run = symbol >> 4, size = symbol & 15;
            if (size > 0)
            {
                k += run;
                int value = JpegHuffmanTable.Extend(bits.Number(size), size);
                block[JpegOrder.Natural[k]] = (short)(value << scan.Lowest);
            }
            else if (run == 15)
            {
                k += 15;
            }
            else
            {
                emptyBlocks = (1 << run) + bits.Number(run) - 1;
                break;
            }
        }
    }

    private void Refine(JpegHuffmanTable table, Span<short> block)
    {
        int k = scan.First;
        if (emptyBlocks == 0)
        {
            for (; k <= scan.Last; k++)
            {
                int symbol = bits.Symbol(table);
                int run = symbol >> 4, value = 0;
                if ((symbol & 15) != 0)
                    value = bits.Number(1) == 1 ? 1 << scan.Lowest : -1 << scan.Lowest;
                else if (run != 15)
                {
                    emptyBlocks = (1 << run) + bits.Number(run);
                    break;
                }
                k = RefineRun(block, k, run);
                if (value != 0)
                    block[JpegOrder.Natural[k]] = (short)value;
            }
        }
        if (emptyBlocks > 0)
        {
            _ = RefineRun(block, k, 64);
            emptyBlocks--;
        }
    }

    /// <summary>Passes over a number of zeros, and gives each coefficient that is none its next bit.</summary>
    /// <returns>The place of the zero behind the run.</returns>
    private int RefineRun(Span<short> block, int k, int run)
    {
        for (; k <= scan.Last; k++)
        {
            ref short coefficient = ref block[JpegOrder.Natural[k]];
            if (coefficient == 0)
            {
                if (--run < 0)
                    break;
            }
            else if (bits.Number(1) == 1 && (coefficient & (1 << scan.Lowest)) == 0)
            {
                coefficient += (short)(coefficient > 0 ? 1 << scan.Lowest : -1 << scan.Lowest);
            }
        }
        return k;
    }
}
