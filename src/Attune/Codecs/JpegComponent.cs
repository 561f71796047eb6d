namespace Attune.Codecs;

/// <summary>One channel of a JPEG image: how it is sampled and coded, and its samples.</summary>
internal sealed class JpegComponent(int id, int across, int down, int quantization)
{
    public int Id { get; } = id;

    /// <summary>Blocks of the channel in a unit of an interleaved scan: across, and down.</summary>
    public int Across { get; } = across;

    public int Down { get; } = down;

    /// <summary>Which quantization table the channel uses: 0 to 3.</summary>
    public int Quantization { get; } = quantization;

    /// <summary>Samples that belong to the image.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Blocks with samples that belong to the image.</summary>
    public int BlocksWide => (Width + 7) / 8;

    public int BlocksHigh => (Height + 7) / 8;

    /// <summary>Blocks in a row of memory: whole units.</summary>
    public int BlocksPerRow { get; private set; }

    public int BlockRows { get; private set; }

    public int SamplesPerRow => BlocksPerRow * 8;

    /// <summary>The samples, <see cref="SamplesPerRow"/> to a row. What is not in the file is mid-gray.</summary>
    public byte[] Samples { get; private set; } = [];

    /// <summary>The coefficients of all blocks, if they come in several scans; 64 to a block, row by row.</summary>
    public short[] Coefficients { get; private set; } = [];

    /// <summary>The quantization table, as it was at the channel's first scan.</summary>
    public ushort[]? Table { get; set; }

    /// <summary>The tables of the present scan.</summary>
    public JpegHuffmanTable? DcTable { get; set; }

    public JpegHuffmanTable? AcTable { get; set; }

    /// <summary>The last block's mean, from which the next one's differs.</summary>
    public int Mean { get; set; }

    public void Measure(int width, int height, int mostAcross, int mostDown)
    {
        Width = DivideUp(width * Across, mostAcross);
        Height = DivideUp(height * Down, mostDown);
        BlocksPerRow = DivideUp(width, 8 * mostAcross) * Across;
        BlockRows = DivideUp(height, 8 * mostDown) * Down;
    }

    public void Allocate(bool keepsCoefficients)
    {
        Samples = GC.AllocateUninitializedArray<byte>(SamplesPerRow * BlockRows * 8);
        Samples.AsSpan().Fill(128);
        if (keepsCoefficients)
            Coefficients = new short[SamplesPerRow * BlockRows * 8];
    }

    /// <summary>The coefficients of one block.</summary>
    public Span<short> Block(int column, int row) => Coefficients.AsSpan((row * BlocksPerRow + column) * 64, 64);

    /// <summary>The samples from the first one of a block on.</summary>
    public Span<byte> SamplesOf(int column, int row) => Samples.AsSpan((row * SamplesPerRow + column) * 8);

    /// <summary>A row of samples; above the first and below the last that row itself.</summary>
    public ReadOnlySpan<byte> Row(int y) => Samples.AsSpan(Math.Clamp(y, 0, Height - 1) * SamplesPerRow, SamplesPerRow);

    private static int DivideUp(int number, int by) => (number + by - 1) / by;
}
