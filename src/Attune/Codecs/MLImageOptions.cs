namespace Attune;

/// <summary>How an image is brought to the shape of the wanted size when its own differs.</summary>
public enum MLImageCropAndScale
{
    /// <summary>The whole image is scaled to the size; its proportions change. The default.</summary>
    ScaleFill = 0,

    /// <summary>The largest centred part with the wanted proportions is scaled to the size.</summary>
    CenterCrop = 1,

    /// <summary>The whole image is scaled to fit inside, centred, its proportions kept; the rest is black (and opaque).
    /// </summary>
    ScaleFit = 2,
}

/// <summary>A rectangle of an image, in its pixels; (0, 0) is the top left one.</summary>
/// <param name="X">Columns to the left of it, 0 or more.</param>
/// <param name="Y">Rows above it, 0 or more.</param>
/// <param name="Width">Its columns, 1 or more.</param>
/// <param name="Height">Its rows, 1 or more.</param>
public readonly record struct MLCropRect(int X, int Y, int Width, int Height);

/// <summary>
/// What part of an image is taken and how it is brought to the wanted size. Core ML: the options <c>cropRect</c> and
/// <c>cropAndScale</c>.
/// </summary>
public sealed record MLImageOptions
{
    /// <summary>How proportions are handled.</summary>
    /// <value>Default: <see cref="MLImageCropAndScale.ScaleFill"/>.</value>
    public MLImageCropAndScale CropAndScale { get; init; }

    /// <summary>The part of the image that is taken before anything else.</summary>
    /// <value>Wholly inside the image; otherwise reading it throws <see cref="ArgumentOutOfRangeException"/>. Default:
    /// null, all of it.</value>
    public MLCropRect? CropRect { get; init; }
}
