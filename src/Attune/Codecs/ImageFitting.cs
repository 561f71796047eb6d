namespace Attune.Codecs;

/// <summary>
/// Brings an image to a size and a format: crop, resize, turn upright, convert the pixels. An image that has the size
/// already keeps its pixels.
/// </summary>
internal static class ImageFitting
{
    /// <exception cref="ArgumentOutOfRangeException">Options are none of their enumerations, or the crop rectangle
    /// leaves the image.</exception>
    public static MLPixelBuffer Fit(
        DecodedImage image, int width, int height, MLPixelFormat format, MLImageOptions options)
    {
        MLImageOrientation orientation = Known(options.Orientation ?? image.Orientation, nameof(options.Orientation));
        MLImageTransparency transparency = Known(options.Transparency, nameof(options.Transparency));
        bool swaps = ImageTurning.SwapsSides(orientation);
        (MLCropRect source, MLCropRect target) = Place(
            swaps ? image.Pixels.Height : image.Pixels.Width, swaps ? image.Pixels.Width : image.Pixels.Height, width,
            height, options);
        MLCropRect stored = ImageTurning.Stored(source, image.Pixels, orientation);
        MLPixelBuffer scaled = Resampler.Resize(
            image.Pixels.Part(stored.X, stored.Y, stored.Width, stored.Height),
            swaps ? target.Height : target.Width, swaps ? target.Width : target.Height,
            weighsAlpha: transparency != MLImageTransparency.Ignore);

        var result = new MLPixelBuffer(width, height, format);
        if (target.Width < width || target.Height < height)
            PixelConversion.Blacken(result);
        PixelConversion.Convert(
            ImageTurning.Upright(scaled, orientation), result.Part(target.X, target.Y, target.Width, target.Height),
            transparency);
        return result;
    }

    /// <summary>Which part of the upright image goes where in the result.</summary>
    private static (MLCropRect Source, MLCropRect Target) Place(
        int imageWidth, int imageHeight, int width, int height, MLImageOptions options)
    {
        MLCropRect source = options.CropRect is { } crop
            ? Checked(crop, imageWidth, imageHeight)
            : new(0, 0, imageWidth, imageHeight);
        var whole = new MLCropRect(0, 0, width, height);
        switch (Known(options.CropAndScale, nameof(options.CropAndScale)))
        {
            case MLImageCropAndScale.CenterCrop:
                (int Width, int Height) largest = Inside(width, height, source.Width, source.Height);
                MLCropRect part = Centred(source.Width, source.Height, largest);
                return (part with { X = source.X + part.X, Y = source.Y + part.Y }, whole);
            case MLImageCropAndScale.ScaleFit:
                return (source, Centred(width, height, Inside(source.Width, source.Height, width, height)));
            default:
                return (source, whole);
        }
    }

    /// <summary>The largest size with the proportions of one rectangle that fits into another, rounded to whole pixels.
    /// </summary>
    private static (int Width, int Height) Inside(int width, int height, int boundWidth, int boundHeight)
    {
        if ((long)width * boundHeight > (long)height * boundWidth)
            return (boundWidth, Scaled(height, boundWidth, width));
        return (Scaled(width, boundHeight, height), boundHeight);

        static int Scaled(int length, int by, int over) => (int)Math.Max(1, (2L * length * by + over) / (2L * over));
    }

    private static MLCropRect Centred(int width, int height, (int Width, int Height) size) =>
        new((width - size.Width) / 2, (height - size.Height) / 2, size.Width, size.Height);

    private static MLCropRect Checked(MLCropRect crop, int width, int height)
    {
        bool inside = crop.X >= 0 && crop.Y >= 0 && crop.Width >= 1 && crop.Height >= 1
            && (long)crop.X + crop.Width <= width && (long)crop.Y + crop.Height <= height;
        if (!inside)
            throw new ArgumentOutOfRangeException(
                nameof(crop),
                $"A crop rectangle lies inside the image, which is {width}×{height}; got {crop.Width}×{crop.Height} at "
                + $"({crop.X}, {crop.Y}).");
        return crop;
    }

    private static T Known<T>(T option, string name) where T : struct, Enum => Enum.IsDefined(option)
        ? option
        : throw new ArgumentOutOfRangeException(name, $"{name} takes a value of its enumeration; got {option}.");
}
