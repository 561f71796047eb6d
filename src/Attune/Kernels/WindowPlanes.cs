using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attune.Kernels;

/// <summary>
/// The input of a convolution laid out so that it needs no columns: with stride 1, the inputs that weight (c, ky, kx)
/// meets are the padded channel c, merely shifted by ky rows and kx values. So a product can read its right factor from
/// the input, row by row, through one offset per weight. Output positions are numbered with the rows' pitch,
/// which is a little more than the output's width; what is computed for the surplus is thrown away.
///
/// A stride of s is led back to this: the input is dealt out to s×s planes (rows and columns of equal remainder), each
/// of which is met with stride 1. Without padding and stride the planes are the input itself and nothing is copied.
/// </summary>
internal readonly struct WindowPlanes
{
    private readonly ConvolutionGeometry geometry;
    private readonly bool withoutGaps;
    private readonly int rows;
    private readonly int dealtRows;
    private readonly int dealtColumns;
    private readonly int periodRows;
    private readonly int periodColumns;

    /// <param name="g">The windows.</param>
    /// <param name="withoutGaps">Whether the positions of one row of outputs are followed at once by those of the next.
    /// That takes a plane for each column of the window, also of those of equal remainder. For windows whose rows are
    /// dealt out, see <see cref="Fill"/>.</param>
    public WindowPlanes(in ConvolutionGeometry g, bool withoutGaps = false)
        : this(g, withoutGaps, areInput: null)
    {
    }

    private WindowPlanes(in ConvolutionGeometry g, bool withoutGaps, bool? areInput)
    {
        geometry = g;
        this.withoutGaps = withoutGaps;
        rows = g.OutputHeight + (g.KernelHeight - 1) * g.DilationHeight / g.StrideHeight;
        Pitch = withoutGaps
            ? g.OutputWidth
            : g.OutputWidth + (g.KernelWidth - 1) * g.DilationWidth / g.StrideWidth;
        periodRows = Period(g.StrideHeight, g.DilationHeight);
        periodColumns = withoutGaps ? g.KernelWidth : Period(g.StrideWidth, g.DilationWidth);
        dealtRows = Math.Min(periodRows, g.KernelHeight);
        dealtColumns = Math.Min(periodColumns, g.KernelWidth);
        AreInput = areInput ?? (!withoutGaps && g.StrideHeight == 1 && g.StrideWidth == 1 && g.PadTop == 0
            && g.PadLeft == 0 && Pitch == g.InputWidth && rows <= g.InputHeight);
        PlaneSize = AreInput ? g.InputPlane : checked(rows * Pitch);
    }

    /// <summary>Values from one row of a plane to the next.</summary>
    public int Pitch { get; }

    public int PlaneSize { get; }

    /// <summary>The input may be read in place.</summary>
    public bool AreInput { get; }

    public int PlanesPerChannel => dealtRows * dealtColumns;

    /// <summary>Positions from the first output to the last, counted with the pitch.</summary>
    public int Positions => geometry.OutputPlane == 0 ? 0 : (geometry.OutputHeight - 1) * Pitch + geometry.OutputWidth;

    /// <summary>Values of all planes of so many channels.</summary>
    public long Size(int channels) => (long)channels * PlanesPerChannel * PlaneSize;

    /// <summary>
    /// The planes of some output rows, as if the output began with them. They are the input, of which the caller then
    /// begins at the first row, where those of all rows are; all bands of one height have the same offsets.
    /// </summary>
    public WindowPlanes Band(int firstRow, int count) => new(
        geometry with { OutputHeight = count, PadTop = geometry.PadTop - firstRow * geometry.StrideHeight },
        withoutGaps, AreInput);

    /// <summary>Where the input of each weight of a filter begins, in the order of the weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void WriteOffsets(int channels, int* offsets)
    {
        for (int c = 0; c < channels; c++)
            for (int ky = 0; ky < geometry.KernelHeight; ky++)
                for (int kx = 0; kx < geometry.KernelWidth; kx++)
                {
                    int plane = (c * dealtRows + ky % periodRows) * dealtColumns + kx % periodColumns;
                    *offsets++ = checked(plane * PlaneSize)
                        + ky * geometry.DilationHeight / geometry.StrideHeight * Pitch
                        + (withoutGaps ? 0 : kx * geometry.DilationWidth / geometry.StrideWidth);
                }
    }

    /// <summary>Deals one channel out to its planes. The caller promises room for them.</summary>
    public unsafe void Fill(float* channel, float* planes)
    {
        if (geometry.DilationWidth == 1 && geometry.StrideWidth is 2 or 4 && dealtColumns >= geometry.StrideWidth)
            DealRows(channel, planes);
        else
            CopyColumns(channel, planes);
    }

    /// <summary>Each row of the channel once, to all planes that have a part in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void DealRows(float* channel, float* planes)
    {
        int stride = geometry.StrideWidth;
        int count = Pitch + (withoutGaps ? (geometry.KernelWidth - 1) / stride : 0);
        // The row with its padding, and the lists that it is dealt out to unless those are the planes themselves.
        int padded = stride * count + RowDealing.Slack;
        float* row = Scratch.Rent(ScratchUse.Row, padded + (long)stride * (count + 4));
        float* lists = row + padded;
        new Span<float>(row, padded).Clear();
        // Windows of a gradient may begin inside the input: a padding below 0.
        int skipped = Math.Max(0, -geometry.PadLeft), left = Math.Max(0, geometry.PadLeft);
        int inside = Math.Min(geometry.InputWidth - skipped, padded - left);
        for (int py = 0; py < dealtRows; py++, planes += (nint)dealtColumns * PlaneSize)
        {
            int top = py * geometry.DilationHeight % geometry.StrideHeight - geometry.PadTop;
            for (int line = 0; line < rows; line++)
            {
                int iy = line * geometry.StrideHeight + top;
                float* target = planes + (nint)line * Pitch;
                if ((uint)iy >= (uint)geometry.InputHeight || inside <= 0)
                {
                    for (int px = 0; px < dealtColumns; px++)
                        Clear(target + (nint)px * PlaneSize, Pitch);
                    continue;
                }
                RowCopy.Copy(channel + (nint)iy * geometry.InputWidth + skipped, inside, row + left);
                if (!withoutGaps)
                {
                    // What is written past a line, at most its own length, is written over by the next one.
                    bool mayOverrun = Pitch > 1 && line < rows - 1;
                    RowDealing.Deal(row, stride, count, target, PlaneSize, mayOverrun);
                    continue;
                }
                RowDealing.Deal(row, stride, count, lists, count + 4, mayOverrun: true);
                for (int px = 0; px < dealtColumns; px++)
                    RowCopy.Copy(
                        lists + px % stride * (count + 4) + px / stride, Pitch, target + (nint)px * PlaneSize);
            }
        }
    }

    /// <summary>Plane after plane: with stride 1, or where not all columns of the input are met.</summary>
    private unsafe void CopyColumns(float* channel, float* planes)
    {
        for (int py = 0; py < dealtRows; py++)
            for (int px = 0; px < dealtColumns; px++, planes += PlaneSize)
            {
                int top = py * geometry.DilationHeight % geometry.StrideHeight - geometry.PadTop;
                int left = px * geometry.DilationWidth % geometry.StrideWidth - geometry.PadLeft;
                (int first, int end) = ConvolutionGeometry.Inside(
                    Pitch, geometry.StrideWidth, left, geometry.InputWidth);
                for (int row = 0; row < rows; row++)
                {
                    int iy = row * geometry.StrideHeight + top;
                    float* target = planes + (nint)row * Pitch;
                    if ((uint)iy >= (uint)geometry.InputHeight || first == end)
                    {
                        Clear(target, Pitch);
                        continue;
                    }
                    Clear(target, first);
                    CopyStrided(
                        channel + (nint)iy * geometry.InputWidth + (nint)first * geometry.StrideWidth + left,
                        geometry.StrideWidth, target + first, end - first);
                    Clear(target + end, Pitch - end);
                }
            }
    }

    private static unsafe void Clear(float* target, int count)
    {
        for (int i = 0; i < count; i++)
            target[i] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void CopyStrided(float* source, int stride, float* target, int count)
    {
        int i = 0;
        for (; i <= count - 8; i += 8)
            StridedLoad.Eight(source + (nint)i * stride, stride).Store(target + i);
        for (; i < count; i++)
            target[i] = source[(nint)i * stride];
    }

    /// <summary>
    /// Kernel places after which the remainder of place·dilation by stride repeats: stride / their common divisor.
    /// </summary>
    private static int Period(int stride, int dilation)
    {
        (int a, int b) = (stride, dilation);
        while (b != 0)
            (a, b) = (b, a % b);
        return stride / a;
    }
}
