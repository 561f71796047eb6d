namespace Attune.Kernels;

internal enum PoolingKind
{
    Max,
    Average,
    L2,
}

/// <summary>
/// The sizes of a pooling. A window begins at o·stride - pad and is cut off at the end of the padded input, so the last
/// one may be smaller. <see cref="ExcludePadding"/>: an average divides by the number of real inputs only.
/// </summary>
internal readonly record struct PoolingGeometry(
    int Channels, int InputHeight, int InputWidth, int OutputHeight, int OutputWidth,
    int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth,
    int PadTop, int PadLeft, int PadBottom, int PadRight, bool ExcludePadding)
{
    public int InputPlane => InputHeight * InputWidth;

    public int OutputPlane => OutputHeight * OutputWidth;

    /// <exception cref="ArgumentException">A size makes no sense.</exception>
    public void Require()
    {
        bool makesSense = Channels > 0 && InputHeight > 0 && InputWidth > 0 && OutputHeight >= 0 && OutputWidth >= 0
            && KernelHeight > 0 && KernelWidth > 0 && StrideHeight > 0 && StrideWidth > 0
            && PadTop >= 0 && PadLeft >= 0 && PadBottom >= 0 && PadRight >= 0;
        if (!makesSense)
            throw new ArgumentException($"A pooling takes positive sizes; got {this}.");
    }

    /// <summary>The window of one output row (likewise column): its real inputs, and its extent with padding.</summary>
    public static (int First, int End, int Extent) Window(
        int output, int stride, int kernel, int before, int after, int input)
    {
        int start = output * stride - before;
        int end = Math.Min(start + kernel, input + after);
        return (Math.Max(start, 0), Math.Min(end, input), Math.Max(end - start, 0));
    }

    public (int First, int End, int Extent) RowWindow(int oy) =>
        Window(oy, StrideHeight, KernelHeight, PadTop, PadBottom, InputHeight);

    public (int First, int End, int Extent) ColumnWindow(int ox) =>
        Window(ox, StrideWidth, KernelWidth, PadLeft, PadRight, InputWidth);
}
