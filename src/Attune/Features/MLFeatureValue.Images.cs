using Attune.Codecs;

namespace Attune;

public sealed partial class MLFeatureValue
{
    /// <summary>An image read from a file, made to the size and format that a model takes.</summary>
    /// <param name="path">A PNG file.</param>
    /// <param name="pixelsWide">Width of the result, 1 or more.</param>
    /// <param name="pixelsHigh">Height of the result, 1 or more.</param>
    /// <param name="pixelFormat">Format of the result. Where it has no alpha, transparency is composited over
    /// white.</param>
    /// <param name="options">Cropping; null: the whole image is scaled to the size.</param>
    /// <remarks>An image that already has the size keeps its pixels. Otherwise each axis is averaged over the area that
    /// a pixel covers when it shrinks, and interpolated linearly when it grows. Colour becomes gray by ITU-R 601 luma.
    /// Colour profiles and gamma are not applied.</remarks>
    /// <exception cref="ImageFormatException">The file is no image that is read here, or it is damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1 or too large, there is no such format, or the
    /// crop rectangle leaves the image.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or the path is a folder's.</exception>
    public static MLFeatureValue FromImageFile(
        string path, int pixelsWide, int pixelsHigh, MLPixelFormat pixelFormat, MLImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = File.OpenRead(path);
        return FromImage(file, pixelsWide, pixelsHigh, pixelFormat, options);
    }

    /// <summary>An image read from a file, made to what a model's input takes: its default size and format, which is
    /// taken without alpha: transparency is composited over white.</summary>
    /// <param name="path">A PNG file.</param>
    /// <param name="constraint">What the input takes: <see cref="MLFeatureDescription.ImageConstraint"/>.</param>
    /// <param name="options">Cropping; null: the whole image is scaled to the size.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?)"/>
    public static MLFeatureValue FromImageFile(
        string path, MLImageConstraint constraint, MLImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = File.OpenRead(path);
        return FromImage(file, constraint, options);
    }

    /// <summary>An image read from a stream, from where it stands to its end. The stream is left open.</summary>
    /// <param name="stream">A PNG file's bytes.</param>
    /// <param name="pixelsWide">Width of the result, 1 or more.</param>
    /// <param name="pixelsHigh">Height of the result, 1 or more.</param>
    /// <param name="pixelFormat">Format of the result. Where it has no alpha, transparency is composited over
    /// white.</param>
    /// <param name="options">Cropping; null: the whole image is scaled to the size.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?)"/>
    public static MLFeatureValue FromImage(
        Stream stream, int pixelsWide, int pixelsHigh, MLPixelFormat pixelFormat, MLImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FromImage(ImageFile.ReadAll(stream), pixelsWide, pixelsHigh, pixelFormat, options);
    }

    /// <summary>An image read from a stream, made to what a model's input takes. The stream is left open.</summary>
    /// <param name="stream">A PNG file's bytes.</param>
    /// <param name="constraint">What the input takes: <see cref="MLFeatureDescription.ImageConstraint"/>.</param>
    /// <param name="options">Cropping; null: the whole image is scaled to the size.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?)"/>
    public static MLFeatureValue FromImage(
        Stream stream, MLImageConstraint constraint, MLImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FromImage(ImageFile.ReadAll(stream), constraint, options);
    }

    /// <summary>An image read from the bytes of a file.</summary>
    /// <param name="file">A PNG file's bytes.</param>
    /// <param name="pixelsWide">Width of the result, 1 or more.</param>
    /// <param name="pixelsHigh">Height of the result, 1 or more.</param>
    /// <param name="pixelFormat">Format of the result. Where it has no alpha, transparency is composited over
    /// white.</param>
    /// <param name="options">Cropping; null: the whole image is scaled to the size.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?)"/>
    public static MLFeatureValue FromImage(
        ReadOnlyMemory<byte> file, int pixelsWide, int pixelsHigh, MLPixelFormat pixelFormat,
        MLImageOptions? options = null) =>
        FromPixelBuffer(ImageFile.Read(file, pixelsWide, pixelsHigh, pixelFormat, options, keepAlpha: true));

    /// <summary>An image read from the bytes of a file, made to what a model's input takes.</summary>
    /// <param name="file">A PNG file's bytes.</param>
    /// <param name="constraint">What the input takes: <see cref="MLFeatureDescription.ImageConstraint"/>.</param>
    /// <param name="options">Cropping; null: the whole image is scaled to the size.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?)"/>
    public static MLFeatureValue FromImage(
        ReadOnlyMemory<byte> file, MLImageConstraint constraint, MLImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        // The model does not look at alpha, so what is transparent must not show whatever colour hides below it.
        return FromPixelBuffer(ImageFile.Read(
            file, constraint.PixelsWide, constraint.PixelsHigh, constraint.PixelFormat, options, keepAlpha: false));
    }
}
