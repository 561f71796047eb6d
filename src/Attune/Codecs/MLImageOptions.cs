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

/// <summary>What becomes of transparency.</summary>
public enum MLImageTransparency
{
    /// <summary>Shown over white; the result is opaque. The default, because models do not look at alpha: what is
    /// transparent must not show whatever colour hides below it.</summary>
    OverWhite = 0,

    /// <summary>Kept where the format has alpha; shown over white where it has none.</summary>
    Keep = 1,

    /// <summary>Ignored: colours are taken as they stand, whatever their alpha, and the result is opaque.</summary>
    Ignore = 2,
}

/// <summary>A rectangle of an image, in its pixels; (0, 0) is the top left one.</summary>
/// <param name="X">Columns to the left of it, 0 or more.</param>
/// <param name="Y">Rows above it, 0 or more.</param>
/// <param name="Width">Its columns, 1 or more.</param>
/// <param name="Height">Its rows, 1 or more.</param>
public readonly record struct MLCropRect(int X, int Y, int Width, int Height);

/// <summary>
/// How an image is read, what part of it is taken and how it is brought to the wanted size. Core ML: the options
/// <c>cropRect</c> and <c>cropAndScale</c>, and the parameter <c>orientation</c>.
/// </summary>
public sealed record MLImageOptions
{
    /// <summary>How proportions are handled.</summary>
    /// <value>Default: <see cref="MLImageCropAndScale.ScaleFill"/>.</value>
    public MLImageCropAndScale CropAndScale { get; init; }

    /// <summary>The part of the upright image that is taken before it is scaled.</summary>
    /// <value>Wholly inside the image; otherwise reading it throws <see cref="ArgumentOutOfRangeException"/>. Default:
    /// null, all of it.</value>
    public MLCropRect? CropRect { get; init; }

    /// <summary>How the stored pixels are to be turned.</summary>
    /// <value>Default: null, as a JPEG file says in its EXIF data, else upright.
    /// </value>
    public MLImageOrientation? Orientation { get; init; }

    /// <summary>What becomes of transparency.</summary>
    /// <value>Default: <see cref="MLImageTransparency.OverWhite"/>.</value>
    public MLImageTransparency Transparency { get; init; }

    /// <summary>How large image files may be.</summary>
    /// <value>Default: <see cref="ImageLimits.Default"/>.</value>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>The application's own decoders. They are asked first, in order, whether they recognise a file; so they
    /// can also take a format out of the library's hands.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<IImageDecoder> Decoders { get; init; } = [];
}
