using Attune.Codecs;

namespace Attune;

public sealed partial class MLFeatureValue
{
    /// <summary>An image read from a file, made to the size and format that a model takes.</summary>
    /// <param name="path">A PNG, JPEG, BMP, GIF or PNM file, or one that a decoder of the options reads; known by its
    /// content.</param>
    /// <param name="pixelsWide">Width of the result, 1 or more.</param>
    /// <param name="pixelsHigh">Height of the result, 1 or more.</param>
    /// <param name="pixelFormat">Format of the result.</param>
    /// <param name="options">Cropping, orientation, transparency, limits; null: the whole image is scaled to the
    /// size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <remarks>An image that already has the size keeps its pixels. Otherwise each axis is averaged over the area that
    /// a pixel covers when it shrinks, and interpolated linearly when it grows. Colour becomes gray by ITU-R 601 luma.
    /// Colour profiles and gamma are not applied. The image is turned as its EXIF data say. Transparency is shown over
    /// white, unless the options say otherwise.</remarks>
    /// <exception cref="ImageFormatException">The file is no image that is read here, or it is damaged or larger than
    /// the limits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1 or too large, there is no such format, or the
    /// crop rectangle leaves the image.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or the path is a folder's.</exception>
    public static MLFeatureValue FromImageFile(
        string path, int pixelsWide, int pixelsHigh, MLPixelFormat pixelFormat, MLImageOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using FileStream file = Open(path);
        return FromImage(file, pixelsWide, pixelsHigh, pixelFormat, options, cancellationToken);
    }

    /// <summary>An image read from a file, made to what a model's input takes: its default size and format.</summary>
    /// <param name="path">A PNG, JPEG, BMP, GIF or PNM file, or one that a decoder of the options reads; known by its
    /// content.</param>
    /// <param name="constraint">What the input takes: <see cref="MLFeatureDescription.ImageConstraint"/>.</param>
    /// <param name="options">Cropping, orientation, transparency, limits; null: the whole image is scaled to the
    /// size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?, CancellationToken)"/>
    public static MLFeatureValue FromImageFile(
        string path, MLImageConstraint constraint, MLImageOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using FileStream file = Open(path);
        return FromImage(file, constraint, options, cancellationToken);
    }

    /// <summary>An image read from a stream, from where it stands. The stream is read forward, as far as the image
    /// needs and a little further, and left open.</summary>
    /// <param name="stream">An image file's bytes.</param>
    /// <param name="pixelsWide">Width of the result, 1 or more.</param>
    /// <param name="pixelsHigh">Height of the result, 1 or more.</param>
    /// <param name="pixelFormat">Format of the result.</param>
    /// <param name="options">Cropping, orientation, transparency, limits; null: the whole image is scaled to the
    /// size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?, CancellationToken)"/>
    public static MLFeatureValue FromImage(
        Stream stream, int pixelsWide, int pixelsHigh, MLPixelFormat pixelFormat, MLImageOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FromPixelBuffer(ImageFile.Read(
            stream, pixelsWide, pixelsHigh, pixelFormat, options, cancellationToken));
    }

    /// <summary>An image read from a stream, made to what a model's input takes. The stream is read forward, as far as
    /// the image needs and a little further, and left open.</summary>
    /// <param name="stream">An image file's bytes.</param>
    /// <param name="constraint">What the input takes: <see cref="MLFeatureDescription.ImageConstraint"/>.</param>
    /// <param name="options">Cropping, orientation, transparency, limits; null: the whole image is scaled to the
    /// size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?, CancellationToken)"/>
    public static MLFeatureValue FromImage(
        Stream stream, MLImageConstraint constraint, MLImageOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(constraint);
        return FromPixelBuffer(ImageFile.Read(
            stream, constraint.PixelsWide, constraint.PixelsHigh, constraint.PixelFormat, options, cancellationToken));
    }

    /// <summary>An image read from the bytes of a file.</summary>
    /// <param name="file">An image file's bytes.</param>
    /// <param name="pixelsWide">Width of the result, 1 or more.</param>
    /// <param name="pixelsHigh">Height of the result, 1 or more.</param>
    /// <param name="pixelFormat">Format of the result.</param>
    /// <param name="options">Cropping, orientation, transparency, limits; null: the whole image is scaled to the
    /// size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?, CancellationToken)"/>
    public static MLFeatureValue FromImage(
        ReadOnlyMemory<byte> file, int pixelsWide, int pixelsHigh, MLPixelFormat pixelFormat,
        MLImageOptions? options = null, CancellationToken cancellationToken = default) =>
        FromImage(ImageFile.Open(file), pixelsWide, pixelsHigh, pixelFormat, options, cancellationToken);

    /// <summary>An image read from the bytes of a file, made to what a model's input takes.</summary>
    /// <param name="file">An image file's bytes.</param>
    /// <param name="constraint">What the input takes: <see cref="MLFeatureDescription.ImageConstraint"/>.</param>
    /// <param name="options">Cropping, orientation, transparency, limits; null: the whole image is scaled to the
    /// size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="FromImageFile(string, int, int, MLPixelFormat, MLImageOptions?, CancellationToken)"/>
    public static MLFeatureValue FromImage(
        ReadOnlyMemory<byte> file, MLImageConstraint constraint, MLImageOptions? options = null,
        CancellationToken cancellationToken = default) =>
        FromImage(ImageFile.Open(file), constraint, options, cancellationToken);

    /// <summary>An image made of pixels in memory, brought to a size and format like one that is read from a file. The
    /// pixels are copied.</summary>
    /// <param name="pixels">The pixels, in any format; a caller's memory becomes a buffer without a copy by
    /// <see cref="MLPixelBuffer(Memory{byte}, int, int, MLPixelFormat, int)"/>.</param>
    /// <param name="pixelsWide">Width of the result, 1 or more.</param>
    /// <param name="pixelsHigh">Height of the result, 1 or more.</param>
    /// <param name="pixelFormat">Format of the result.</param>
    /// <param name="options">Cropping, orientation, transparency; null: the whole image is scaled to the size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1 or too large, there is no such format, or the
    /// crop rectangle leaves the image.</exception>
    public static MLFeatureValue FromPixels(
        MLPixelBuffer pixels, int pixelsWide, int pixelsHigh, MLPixelFormat pixelFormat, MLImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        return FromPixelBuffer(ImageFile.Fit(pixels, pixelsWide, pixelsHigh, pixelFormat, options));
    }

    /// <summary>An image made of pixels in memory, brought to what a model's input takes. The pixels are
    /// copied.</summary>
    /// <param name="pixels">The pixels, in any format.</param>
    /// <param name="constraint">What the input takes: <see cref="MLFeatureDescription.ImageConstraint"/>.</param>
    /// <param name="options">Cropping, orientation, transparency; null: the whole image is scaled to the size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The crop rectangle leaves the image.</exception>
    public static MLFeatureValue FromPixels(
        MLPixelBuffer pixels, MLImageConstraint constraint, MLImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(constraint);
        return FromPixelBuffer(ImageFile.Fit(
            pixels, constraint.PixelsWide, constraint.PixelsHigh, constraint.PixelFormat, options));
    }

    private static FileStream Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return File.OpenRead(path);
    }
}
