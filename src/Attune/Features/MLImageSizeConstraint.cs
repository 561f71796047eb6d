namespace Attune;

/// <summary>How an image feature's sizes are given. The numbers are Core ML's.</summary>
public enum MLImageSizeConstraintType
{
    /// <summary>One size: that of the <see cref="MLImageConstraint"/>.</summary>
    Unspecified = 0,

    /// <summary>A list of sizes.</summary>
    Enumerated = 2,

    /// <summary>A range for the width and one for the height.</summary>
    Range = 3,
}

/// <summary>The size of an image. Core ML: <c>MLImageSize</c>.</summary>
/// <param name="PixelsWide">Width in pixels.</param>
/// <param name="PixelsHigh">Height in pixels.</param>
public readonly record struct MLImageSize(int PixelsWide, int PixelsHigh)
{
    /// <summary>Width and height, such as <c>28×28</c>.</summary>
    public override string ToString() => $"{PixelsWide}×{PixelsHigh}";
}

/// <summary>Which sizes an image feature takes. Core ML: <c>MLImageSizeConstraint</c>.</summary>
public sealed class MLImageSizeConstraint
{
    private MLImageSizeConstraint(
        MLImageSizeConstraintType type, IReadOnlyList<MLImageSize> sizes, MLSizeRange wide, MLSizeRange high)
    {
        Type = type;
        EnumeratedImageSizes = sizes;
        PixelsWideRange = wide;
        PixelsHighRange = high;
    }

    /// <summary>How the sizes are given.</summary>
    public MLImageSizeConstraintType Type { get; }

    /// <summary>The sizes, if they are enumerated; else empty.</summary>
    public IReadOnlyList<MLImageSize> EnumeratedImageSizes { get; }

    /// <summary>The widths, if they are given as a range.</summary>
    public MLSizeRange PixelsWideRange { get; }

    /// <summary>The heights, if they are given as a range.</summary>
    public MLSizeRange PixelsHighRange { get; }

    internal static MLImageSizeConstraint Unspecified { get; } =
        new(MLImageSizeConstraintType.Unspecified, [], default, default);

    internal static MLImageSizeConstraint Enumerated(IReadOnlyList<MLImageSize> sizes) =>
        new(MLImageSizeConstraintType.Enumerated, sizes, default, default);

    internal static MLImageSizeConstraint Ranges(MLSizeRange wide, MLSizeRange high) =>
        new(MLImageSizeConstraintType.Range, [], wide, high);
}
