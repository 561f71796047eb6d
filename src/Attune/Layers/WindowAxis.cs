namespace Attune.Layers;

/// <summary>How a window is laid over the edges of an axis.</summary>
internal enum WindowPadding
{
    /// <summary>As many zeros at both ends as the file says; only windows that fit.</summary>
    Valid,

    /// <summary>So many zeros that there is one window for each stride; an odd one at the end.</summary>
    SameEndHeavy,

    /// <summary>The same with an odd zero at the start.</summary>
    SameStartHeavy,

    /// <summary>Equal amounts at both ends; a last window is cut off where it leaves the padded axis.</summary>
    IncludeLast,

    /// <summary>The same without a last window that starts behind the input.</summary>
    IncludeLastTouching,
}

/// <summary>Where windows lie along an axis: how many there are and the zeros before and after the input.</summary>
internal readonly record struct WindowFit(long Count, long Before, long After);

/// <summary>The windows of a convolution or a pooling along one axis, as the file describes them.</summary>
/// <remarks>Source: ValidPadding, SamePadding, and ValidCompletePadding of the format.</remarks>
internal readonly record struct WindowAxis(
    int Kernel, int Stride, int Dilation, WindowPadding Padding, int Before, int After)
{
    /// <summary>How many elements a window spans.</summary>
    public long Extent => (Kernel - 1L) * Dilation + 1;

    /// <summary>The windows over an axis of <paramref name="size"/> elements. The count is below 1 if none
    /// fits.</summary>
    public WindowFit Over(int size) => Padding switch
    {
        WindowPadding.Valid => new(
            FloorDivide(size + (long)Before + After - Extent, Stride) + 1, Before, After),
        WindowPadding.IncludeLast or WindowPadding.IncludeLastTouching => IncludeLast(size),
        _ => Same(size),
    };

    /// <summary>The elements that such windows, as many as <paramref name="count"/>, are laid over to make one each:
    /// what a deconvolution makes of <paramref name="count"/> elements.</summary>
    public WindowFit Under(int count, int? wanted)
    {
        long covered = (count - 1L) * Stride + Extent;
        long bordered = covered - Before - After;
        if (Padding == WindowPadding.Valid && (wanted is null || wanted == bordered))
            return new(bordered, Before, After);

        long size = wanted ?? (long)count * Stride;
        long surplus = Math.Max(0, covered - size);
        long before = Padding == WindowPadding.SameStartHeavy ? surplus - surplus / 2 : surplus / 2;
        return new(size, before, surplus - before);
    }

    private WindowFit Same(int size)
    {
        long count = (size + Stride - 1L) / Stride;
        long missing = Math.Max(0, (count - 1) * Stride + Extent - size);
        long before = Padding == WindowPadding.SameStartHeavy ? missing - missing / 2 : missing / 2;
        return new(count, before, missing - before);
    }

    private WindowFit IncludeLast(int size)
    {
        long count = -FloorDivide(-(size + 2L * Before - Extent), Stride) + 1;
        if (Padding == WindowPadding.IncludeLastTouching && (count - 1) * Stride >= size + (long)Before)
            count--;
        return new(count, Before, Before);
    }

    private static long FloorDivide(long value, long by) => value / by - (value % by < 0 ? 1 : 0);
}
