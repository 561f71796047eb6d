using Attune.Arrays;
using Attune.Features;

namespace Attune;

/// <summary>What an image feature takes. Core ML: <c>MLImageConstraint</c>.</summary>
public sealed class MLImageConstraint
{
    private static readonly MLImageOptions AsModelsSeeIt = new() { Transparency = MLImageTransparency.Ignore };

    internal MLImageConstraint(
        int pixelsWide, int pixelsHigh, MLPixelFormat pixelFormat, MLImageSizeConstraint? sizeConstraint = null)
    {
        PixelsWide = pixelsWide;
        PixelsHigh = pixelsHigh;
        PixelFormat = pixelFormat;
        SizeConstraint = sizeConstraint ?? MLImageSizeConstraint.Unspecified;
    }

    /// <summary>The width; where several sizes are allowed, the default one.</summary>
    public int PixelsWide { get; }

    /// <summary>The height; where several sizes are allowed, the default one.</summary>
    public int PixelsHigh { get; }

    /// <summary>The format that the model declares. A gray feature takes the gray formats, a colour feature the colour
    /// formats: their order of bytes is converted.</summary>
    public MLPixelFormat PixelFormat { get; }

    /// <summary>Which sizes are allowed beside the default.</summary>
    public MLImageSizeConstraint SizeConstraint { get; }

    /// <summary>
    /// An image as the model takes it: scaled to the default size, its alpha ignored as models ignore it. Null if there
    /// is nothing to do, since it has one of the sizes and is gray or coloured as the feature is, or where that size
    /// cannot be made.
    /// </summary>
    internal MLFeatureValue? Fitted(MLPixelBuffer image) =>
        !IsAllowed(image) && ImageLimits.Default.AreWithin(PixelsWide, PixelsHigh)
            ? MLFeatureValue.FromPixels(image, this, AsModelsSeeIt)
            : null;

    internal bool IsAllowed(MLPixelBuffer image) =>
        PixelFormats.IsGray(image.PixelFormat) == PixelFormats.IsGray(PixelFormat)
        && SizeConstraint.Type switch
        {
            MLImageSizeConstraintType.Enumerated =>
                SizeConstraint.EnumeratedImageSizes.Contains(new MLImageSize(image.Width, image.Height)),
            MLImageSizeConstraintType.Range =>
                SizeConstraint.PixelsWideRange.Contains(image.Width)
                && SizeConstraint.PixelsHighRange.Contains(image.Height),
            _ => image.Width == PixelsWide && image.Height == PixelsHigh,
        };

    /// <summary>What is taken, for messages: <c>a gray image of 28×28 pixels</c>.</summary>
    public override string ToString()
    {
        string sizes = SizeConstraint.Type switch
        {
            MLImageSizeConstraintType.Enumerated =>
                Wording.Alternatives(SizeConstraint.EnumeratedImageSizes.Select(size => size.ToString())),
            MLImageSizeConstraintType.Range =>
                $"({SizeConstraint.PixelsWideRange}) × ({SizeConstraint.PixelsHighRange})",
            _ => $"{PixelsWide}×{PixelsHigh}",
        };
        return $"a {(PixelFormats.IsGray(PixelFormat) ? "gray" : "colour")} image of {sizes} pixels";
    }
}
