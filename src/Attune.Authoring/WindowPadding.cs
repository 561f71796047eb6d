using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>How a convolution or pooling treats the edges of its input. Core ML's padding types.</summary>
public sealed class WindowPadding
{
    private readonly PaddingKind kind;
    private readonly ulong[] amounts;

    private WindowPadding(PaddingKind kind, params ulong[] amounts)
    {
        this.kind = kind;
        this.amounts = amounts;
    }

    private enum PaddingKind
    {
        Amounts,
        SameBottomRight,
        SameTopLeft,
        IncludeLastPixel,
    }

    /// <summary>None: the window stays inside the input. The default.</summary>
    public static WindowPadding Valid { get; } = new(PaddingKind.Amounts, 0, 0, 0, 0);

    /// <summary>
    /// As much that the output is ⌈input / stride⌉ large; an odd pixel goes to the bottom and the right.
    /// </summary>
    public static WindowPadding Same { get; } = new(PaddingKind.SameBottomRight);

    /// <summary>As <see cref="Same"/>, with an odd pixel at the top and the left.</summary>
    public static WindowPadding SameTopLeft { get; } = new(PaddingKind.SameTopLeft);

    /// <summary>The given number of pixels at each edge, each 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static WindowPadding Amounts(int top, int bottom, int left, int right) =>
        new(PaddingKind.Amounts, Pixels(top), Pixels(bottom), Pixels(left), Pixels(right));

    /// <summary>
    /// For pooling: windows start as long as they touch the padded input, so that the last pixel counts even where
    /// the stride does not fit (Caffe's rule).
    /// </summary>
    /// <param name="vertical">Pixels at the top and at the bottom.</param>
    /// <param name="horizontal">Pixels at the left and at the right.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static WindowPadding IncludeLastPixel(int vertical = 0, int horizontal = 0) =>
        new(PaddingKind.IncludeLastPixel, Pixels(vertical), Pixels(horizontal));

    internal ValidPadding? ValidMessage => kind != PaddingKind.Amounts ? null : new ValidPadding
    {
        PaddingAmounts = new BorderAmounts
        {
            BorderAmounts_ =
            {
                new BorderAmounts.Types.EdgeSizes { StartEdgeSize = amounts[0], EndEdgeSize = amounts[1] },
                new BorderAmounts.Types.EdgeSizes { StartEdgeSize = amounts[2], EndEdgeSize = amounts[3] },
            },
        },
    };

    internal SamePadding? SameMessage => kind switch
    {
        PaddingKind.SameBottomRight => new SamePadding(),
        PaddingKind.SameTopLeft => new SamePadding { AsymmetryMode = SamePadding.Types.SamePaddingMode.TopLeftHeavy },
        _ => null,
    };

    internal PoolingLayerParams.Types.ValidCompletePadding? IncludeLastPixelMessage =>
        kind == PaddingKind.IncludeLastPixel
            ? new PoolingLayerParams.Types.ValidCompletePadding { PaddingAmounts = { amounts } }
            : null;

    private static ulong Pixels(int amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        return (ulong)amount;
    }
}
