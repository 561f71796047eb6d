using Attune.Arrays;

namespace Attune.Codecs;

/// <summary>From the bytes of an image file to the pixels that a model takes.</summary>
internal static class ImageFile
{
    private static readonly IImageDecoder[] Decoders = [new PngDecoder()];

    /// <summary>A stream from where it stands to its end.</summary>
    /// <exception cref="ImageFormatException">There is more than an image file may have.</exception>
    public static ReadOnlyMemory<byte> ReadAll(Stream stream)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (bytes.Length + read > ImageLimits.MaxFileBytes)
                throw new ImageFormatException(
                    $"Image files of up to {ImageLimits.MaxFileBytes} bytes are read; this one has more.");
            bytes.Write(buffer, 0, read);
        }
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <summary>An image in the wanted size and format. See <see cref="MLImageOptions"/> for how it gets
    /// there.</summary>
    /// <exception cref="ImageFormatException">The bytes are no image that is read, or they are damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Size, format or options are none that can be had.</exception>
    public static MLPixelBuffer Read(
        ReadOnlyMemory<byte> file, int width, int height, MLPixelFormat format, MLImageOptions? options, bool keepAlpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (!ImageLimits.AreWithin(width, height))
            throw new ArgumentOutOfRangeException(
                nameof(width),
                $"An image is made with up to {ImageLimits.MaxPixels} pixels, {ImageLimits.MaxSide} on a side; "
                + $"got {width}×{height}.");
        _ = PixelFormats.BytesPerPixel(format);
        return ImageFitting.Fit(Decode(file), width, height, format, options ?? new MLImageOptions(), keepAlpha);
    }

    /// <summary>Whether a file begins as an image does that is read here.</summary>
    public static bool IsImage(string path)
    {
        Span<byte> start = stackalloc byte[64];
        using FileStream file = File.OpenRead(path);
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        foreach (IImageDecoder decoder in Decoders)
            if (decoder.Recognises(start))
                return true;
        return false;
    }

    public static DecodedImage Decode(ReadOnlyMemory<byte> file)
    {
        foreach (IImageDecoder decoder in Decoders)
            if (decoder.Recognises(file.Span))
                return decoder.Decode(file);
        string formats = string.Join(", ", Decoders.Select(decoder => decoder.FormatName));
        throw new ImageFormatException(
            $"The image formats that are read: {formats}. This file is {Describe(file.Span)}. Convert it first.");
    }

    /// <summary>Formats that are not read, by how they begin, so that the message can name them.</summary>
    private static string Describe(ReadOnlySpan<byte> file) => file switch
    {
        [] => "empty",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG image",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF image",
        [(byte)'B', (byte)'M', ..] => "a BMP image",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF image",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            "a WebP image",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a HEIF image or a film",
        _ => $"of another kind, beginning with the bytes {Convert.ToHexString(file[..Math.Min(4, file.Length)])}",
    };
}
