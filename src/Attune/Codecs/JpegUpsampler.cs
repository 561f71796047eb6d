using System.Runtime.Intrinsics;

namespace Attune.Codecs;

/// <summary>
/// Rows of a channel at the image's size. A channel of half the width, the height or both is interpolated: a sample
/// counts three quarters, its neighbour on the pixel's side a quarter, along each axis, rounded up and down in turns.
/// This is libjpeg-turbo's default ("fancy upsampling"). Other channels repeat their samples.
/// </summary>
internal sealed class JpegUpsampler
{
    private readonly JpegComponent component;
    private readonly int mostAcross;
    private readonly int mostDown;
    private readonly bool interpolatesAcross;
    private readonly bool interpolatesDown;
    private readonly byte[] row;
    private readonly ushort[] sums;

    public JpegUpsampler(JpegComponent component, JpegFrame frame)
    {
        this.component = component;
        (mostAcross, mostDown) = (frame.MostAcross, frame.MostDown);
        bool isHalfWide = 2 * component.Across == mostAcross, isFullWide = component.Across == mostAcross;
        bool isHalfHigh = 2 * component.Down == mostDown, isFullHigh = component.Down == mostDown;
        interpolatesAcross = isHalfWide && (isFullHigh || isHalfHigh) && component.Width > 2;
        interpolatesDown = isHalfHigh && (isFullWide || interpolatesAcross);
        // Some more than the image's width: whole vectors, and one sample repeated at either end.
        row = isFullWide && isFullHigh ? [] : new byte[Math.Max(frame.Width, 2 * component.Width) + 64];
        sums = interpolatesAcross || interpolatesDown ? new ushort[component.Width + 64] : [];
    }

    /// <summary>The samples of a row of the image; good until the next call.</summary>
    public ReadOnlySpan<byte> Row(int y)
    {
        ReadOnlySpan<byte> near = component.Row(y * component.Down / mostDown);
        if (row.Length == 0)
            return near;
        if (interpolatesDown)
            AddNeighbour(near, component.Row(y / 2 + ((y & 1) == 0 ? -1 : 1)));
        else if (interpolatesAcross)
            Widen(near);
        if (interpolatesAcross && interpolatesDown)
            Interpolate(8, 7, 4);
        else if (interpolatesAcross)
            Interpolate(1, 2, 2);
        else if (interpolatesDown)
            Round((y & 1) == 0 ? 1 : 2);
        else
            Repeat(near);
        return row;
    }

    /// <summary>Three times a row and once its neighbour.</summary>
    private void AddNeighbour(ReadOnlySpan<byte> near, ReadOnlySpan<byte> other)
    {
        int width = component.Width, x = 0;
        Span<ushort> target = sums.AsSpan(1);
        for (; x <= width - 16; x += 16)
        {
            Vector128<byte> a = Vector128.Create(near[x..]), b = Vector128.Create(other[x..]);
            (Vector128.WidenLower(a) * 3 + Vector128.WidenLower(b)).CopyTo(target[x..]);
            (Vector128.WidenUpper(a) * 3 + Vector128.WidenUpper(b)).CopyTo(target[(x + 8)..]);
        }
        for (; x < width; x++)
            target[x] = (ushort)(near[x] * 3 + other[x]);
    }

    private void Widen(ReadOnlySpan<byte> near)
    {
        for (int x = 0; x < component.Width; x++)
            sums[x + 1] = near[x];
    }

    /// <summary>Two samples of each: three parts of it and one of the neighbour.</summary>
    private void Interpolate(ushort leftBias, ushort rightBias, int shift)
    {
        int width = component.Width, x = 0;
        // At the border the sample is its own neighbour.
        sums[0] = sums[1];
        sums[width + 1] = sums[width];
        if (BitConverter.IsLittleEndian)
        {
            ReadOnlySpan<ushort> source = sums;
            for (; x < width; x += 16)
            {
                Vector256<ushort> three = Vector256.Create(source[(x + 1)..]) * 3;
                Vector256<ushort> left = three + Vector256.Create(source[x..]) + Vector256.Create(leftBias);
                Vector256<ushort> right = three + Vector256.Create(source[(x + 2)..]) + Vector256.Create(rightBias);
                ((left >> shift) | (right >> shift << 8)).AsByte().CopyTo(row.AsSpan(2 * x));
            }
            return;
        }
        for (; x < width; x++)
        {
            row[2 * x] = (byte)((3 * sums[x + 1] + sums[x] + leftBias) >> shift);
            row[2 * x + 1] = (byte)((3 * sums[x + 1] + sums[x + 2] + rightBias) >> shift);
        }
    }

    private void Round(int bias)
    {
        for (int x = 0; x < component.Width; x++)
            row[x] = (byte)((sums[x + 1] + bias) >> 2);
    }

    private void Repeat(ReadOnlySpan<byte> near)
    {
        int width = row.Length - 64;
        if (component.Across == mostAcross)
            near[..component.Width].CopyTo(row);
        else if (2 * component.Across == mostAcross)
            for (int x = 0; x < component.Width; x++)
                row[2 * x] = row[2 * x + 1] = near[x];
        else
            for (int x = 0; x < width; x++)
                row[x] = near[Math.Min(x * component.Across / mostAcross, component.Width - 1)];
    }
}
