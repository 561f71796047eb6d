using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// A channel laid out in rows with its padding, for windows of 3×3. With stride 2 each row is parted: its even columns,
/// then its odd ones, so that the inputs of neighbouring outputs are neighbours.
/// </summary>
internal readonly unsafe struct PaddedRows
{
    private const int CacheLine = 16;

    private readonly ConvolutionGeometry geometry;
    private readonly int firstRow;
    private readonly int endRow;
    private readonly int columns;

    /// <param name="g">Stride 1 or 2.</param>
    /// <param name="overrun">How many values beyond the last of the rows are readable.</param>
    public PaddedRows(in ConvolutionGeometry g, int overrun)
    {
        geometry = g;
        int rows = (g.OutputHeight - 1) * g.StrideHeight + g.KernelHeight;
        int width = (g.OutputWidth - 1) * g.StrideWidth + g.KernelWidth;
        firstRow = Math.Min(g.PadTop, rows);
        endRow = Math.Clamp(g.PadTop + g.InputHeight, firstRow, rows);
        columns = Math.Clamp(width - g.PadLeft, 0, g.InputWidth);
        // Half of a parted row, and a column for an odd padding.
        int part = g.StrideWidth == 1 ? width : (width + 1) / 2;
        part = (part + CacheLine - 1) / CacheLine * CacheLine;
        Pitch = g.StrideWidth * part;
        SecondColumn = g.StrideWidth == 1 ? 1 : part;
        ThirdColumn = g.StrideWidth == 1 ? 2 : 1;
        Size = checked(rows * Pitch + overrun + CacheLine);
    }

    /// <summary>From one input row to the next.</summary>
    public int Pitch { get; }

    /// <summary>Where the second column of a window lies, from the first.</summary>
    public int SecondColumn { get; }

    public int ThirdColumn { get; }

    /// <summary>Floats that all rows take.</summary>
    public int Size { get; }

    /// <summary>Writes a channel between the zeros, which are there already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(float* channel, float* rows)
    {
        int width = geometry.InputWidth;
        float* source = channel;
        float* target = rows + (nint)firstRow * Pitch;
        if (geometry.StrideWidth == 1)
        {
            target += geometry.PadLeft;
            for (int row = firstRow; row < endRow; row++, source += width, target += Pitch)
                RowCopy.Copy(source, columns, target);
            return;
        }
        // Input 0 lies in column PadLeft: among the even columns if that is even.
        int half = Pitch / 2;
        int first = geometry.PadLeft % 2 * half + geometry.PadLeft / 2;
        int second = (geometry.PadLeft + 1) % 2 * half + (geometry.PadLeft + 1) / 2;
        for (int row = firstRow; row < endRow; row++, source += width, target += Pitch)
            RowCopy.Part(source, columns, target + first, target + second);
    }
}
