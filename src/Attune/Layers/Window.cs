using Attune.Format.Specification;

namespace Attune.Layers;

/// <summary>The windows of a convolution or a pooling along both axes, read from the file.</summary>
internal readonly record struct Window(WindowAxis Height, WindowAxis Width)
{
    /// <param name="source">The layer.</param>
    /// <param name="kernel">The sizes of the window.</param>
    /// <param name="stride">The steps between windows.</param>
    /// <param name="dilation">The steps between the elements of a window.</param>
    /// <param name="valid">Set if the file has this padding, or none.</param>
    /// <param name="same">Set if the file has this padding.</param>
    public static Window Read(
        LayerSource source,
        IReadOnlyList<ulong> kernel,
        IReadOnlyList<ulong> stride,
        IReadOnlyList<ulong> dilation,
        ValidPadding? valid,
        SamePadding? same)
    {
        (int Height, int Width) sizes = source.Pair("kernel size", kernel, otherwise: 3, least: 1);
        (int Height, int Width) steps = source.Pair("stride", stride, otherwise: 1, least: 1);
        (int Height, int Width) spread = source.Pair("dilation factor", dilation, otherwise: 1, least: 1);
        ReadOnlySpan<int> borders = ReadBorders(source, valid?.PaddingAmounts);
        WindowPadding padding = ReadPadding(source, same);
        return new Window(
            new WindowAxis(sizes.Height, steps.Height, spread.Height, padding, borders[0], borders[1]),
            new WindowAxis(sizes.Width, steps.Width, spread.Width, padding, borders[2], borders[3]));
    }

    private static WindowPadding ReadPadding(LayerSource source, SamePadding? same)
    {
        if (same is null)
            return WindowPadding.Valid;
        source.RequireKnown("asymmetry mode", same.AsymmetryMode);
        return same.AsymmetryMode == SamePadding.Types.SamePaddingMode.TopLeftHeavy
            ? WindowPadding.SameStartHeavy
            : WindowPadding.SameEndHeavy;
    }

    /// <summary>Top, bottom, left, right.</summary>
    private static int[] ReadBorders(LayerSource source, BorderAmounts? amounts)
    {
        if (amounts is null || amounts.BorderAmounts_.Count == 0)
            return [0, 0, 0, 0];
        if (amounts.BorderAmounts_.Count != 2)
            throw source.Refuse("two border amounts (height, width)", $"{amounts.BorderAmounts_.Count}");

        var borders = new int[4];
        for (int axis = 0; axis < 2; axis++)
        {
            borders[2 * axis] = source.Amount("border amount", amounts.BorderAmounts_[axis].StartEdgeSize);
            borders[2 * axis + 1] = source.Amount("border amount", amounts.BorderAmounts_[axis].EndEdgeSize);
        }
        return borders;
    }
}
