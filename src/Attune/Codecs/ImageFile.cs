using System.Runtime.InteropServices;
using Attune.Arrays;

namespace Attune.Codecs;

/// <summary>From the bytes of an image file to the pixels that a model takes.</summary>
internal static class ImageFile
{
    private static readonly IImageDecoder[] BuiltIn =
        [new PngDecoder(), new JpegDecoder(), new BmpDecoder(), new GifDecoder(), new PnmDecoder()];

    /// <summary>An image in the wanted size and format. See <see cref="MLImageOptions"/> for how it gets
    /// there.</summary>
    /// <exception cref="ImageFormatException">The bytes are no image that is read, or they are damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Size, format or options are none that can be had.</exception>
    public static MLPixelBuffer Read(
        Stream stream, int width, int height, MLPixelFormat format, MLImageOptions? options,
        CancellationToken cancellationToken)
    {
        options ??= new MLImageOptions();
        CheckSize(width, height, format, options.Limits);
        return ImageFitting.Fit(Decode(stream, options, cancellationToken), width, height, format, options);
    }

    /// <summary>Pixels in the wanted size and format.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Size, format or options are none that can be had.</exception>
    public static MLPixelBuffer Fit(
        MLPixelBuffer pixels, int width, int height, MLPixelFormat format, MLImageOptions? options)
    {
        options ??= new MLImageOptions();
        CheckSize(width, height, format, options.Limits);
        return ImageFitting.Fit(new DecodedImage(pixels), width, height, format, options);
    }

    public static DecodedImage Decode(
        Stream stream, MLImageOptions options, CancellationToken cancellationToken = default)
    {
        var file = new ImageStream(stream, options.Limits, cancellationToken);
        foreach (IImageDecoder decoder in options.Decoders.Concat(BuiltIn))
            if (decoder.Recognises(file.Start))
                return decoder.Decode(file, options.Limits, cancellationToken);
        string formats = string.Join(", ", BuiltIn.Concat(options.Decoders).Select(decoder => decoder.FormatName));
        throw new ImageFormatException(
            $"The image formats that are read: {formats}. This file is {Describe(file.Start)}. Convert it first, or "
            + "give a decoder in MLImageOptions.Decoders.");
    }

    /// <summary>Whether a file begins as an image does that is read here or by one of the decoders.</summary>
    public static bool IsImage(string path, IReadOnlyList<IImageDecoder> decoders)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] start = new byte[ImageStream.StartLength];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return decoders.Concat(BuiltIn).Any(decoder => decoder.Recognises(start.AsSpan(0, count)));
    }

    /// <summary>A stream over the bytes; they are copied only where they are no array's.</summary>
    public static Stream Open(ReadOnlyMemory<byte> file) =>
        MemoryMarshal.TryGetArray(file, out ArraySegment<byte> bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(file.ToArray(), writable: false);

    private static void CheckSize(int width, int height, MLPixelFormat format, ImageLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        int bytes = PixelFormats.BytesPerPixel(format);
        if (!limits.AreWithin(width, height) || (long)width * height * bytes > limits.MaxMemoryBytes)
            throw new ArgumentOutOfRangeException(
                nameof(width),
                $"An image is made with up to {limits.MaxPixels} pixels, {limits.MaxSide} on a side, in "
                + $"{limits.MaxMemoryBytes} bytes; got {width}×{height} {format}.");
    }

    /// <summary>Formats that are not read, by how they begin, so that the message can name them.</summary>
    private static string Describe(ReadOnlySpan<byte> file) => file switch
    {
        [] => "empty",
        [_, (byte)'P', (byte)'N', (byte)'G', ..] or [0x89, ..] when file.Contains((byte)'G') =>
            "a PNG image whose first eight bytes are damaged",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF image",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            "a WebP image",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a HEIF image or a film",
        _ => $"of another kind, beginning with the bytes {Convert.ToHexString(file[..Math.Min(4, file.Length)])}",
    };
}
