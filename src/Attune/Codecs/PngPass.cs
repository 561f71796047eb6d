namespace Attune.Codecs;

/// <summary>
/// One passage over a PNG image: the pixels from (X, Y) on, every <c>StepX</c>-th column of every <c>StepY</c>-th row.
/// </summary>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    /// <summary>All pixels at once.</summary>
    private static readonly PngPass[] Plain = [new(0, 0, 1, 1)];

    /// <summary>The seven passages of Adam M. Costello's interlacing, coarse to fine.</summary>
    private static readonly PngPass[] Adam7 =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2),
        new(0, 1, 1, 2),
    ];

    /// <summary>The passages that an image is stored in.</summary>
    public static ReadOnlySpan<PngPass> Of(PngHeader header) => header.IsInterlaced ? Adam7 : Plain;

    /// <summary>Pixels in each row of the passage; 0: the passage is not stored.</summary>
    public int Columns(PngHeader header) => Math.Max(0, (header.Width - X + StepX - 1) / StepX);

    /// <summary>Rows of the passage.</summary>
    public int Rows(PngHeader header) => Math.Max(0, (header.Height - Y + StepY - 1) / StepY);

    /// <summary>Bytes of the passage, each row's filter included.</summary>
    public long Bytes(PngHeader header)
    {
        int columns = Columns(header);
        return columns == 0 ? 0 : Rows(header) * (1 + header.BytesOf(columns));
    }
}
