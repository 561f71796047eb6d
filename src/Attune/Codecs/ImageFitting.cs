using System.Runtime.InteropServices;
using Attune.Arrays;

namespace Attune.Codecs;

/// <summary>
/// Brings an image to a size and a format: crop, convert the channels, resize, lay out. An image that has the size
/// already keeps its pixels.
/// </summary>
internal static class ImageFitting
{
    public static MLPixelBuffer Fit(
        DecodedImage image, int width, int height, MLPixelFormat format, MLImageOptions options, bool keepAlpha)
    {
        MLCropRect source = options.CropRect is { } crop ? Checked(crop, image) : new(0, 0, image.Width, image.Height);
        var target = new MLCropRect(0, 0, width, height);
        switch (options.CropAndScale)
        {
            case MLImageCropAndScale.ScaleFill:
                break;
            case MLImageCropAndScale.CenterCrop:
                (int Width, int Height) largest = Inside(width, height, source.Width, source.Height);
                MLCropRect part = Centred(source.Width, source.Height, largest);
                source = part with { X = source.X + part.X, Y = source.Y + part.Y };
                break;
            case MLImageCropAndScale.ScaleFit:
                target = Centred(width, height, Inside(source.Width, source.Height, width, height));
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(options),
                    $"CropAndScale takes a value of its enumeration; got {(int)options.CropAndScale}.");
        }

        int channels = PixelFormats.IsGray(format) ? 1
            : image.Channels == 4 && keepAlpha && PixelFormats.HasAlpha(format) ? 4 : 3;
        DecodedImage scaled = Resampler.Resize(
            ChannelConversion.Convert(image, source, channels), target.Width, target.Height);
        return LayOut(scaled, target, new MLPixelBuffer(width, height, format));
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

    private static MLCropRect Checked(MLCropRect crop, DecodedImage image)
    {
        bool inside = crop.X >= 0 && crop.Y >= 0 && crop.Width >= 1 && crop.Height >= 1
            && (long)crop.X + crop.Width <= image.Width && (long)crop.Y + crop.Height <= image.Height;
        if (!inside)
            throw new ArgumentOutOfRangeException(
                nameof(crop),
                $"A crop rectangle lies inside the image, which is {image.Width}×{image.Height}; got {crop.Width}×"
                + $"{crop.Height} at ({crop.X}, {crop.Y}).");
        return crop;
    }

    /// <summary>Writes the image into its place in the buffer; the rest is black and opaque.</summary>
    private static MLPixelBuffer LayOut(DecodedImage image, MLCropRect place, MLPixelBuffer buffer)
    {
        if (PixelFormats.HasAlpha(buffer.PixelFormat) && (place.Width < buffer.Width || place.Height < buffer.Height))
            for (int y = 0; y < buffer.Height; y++)
                MemoryMarshal.Cast<byte, uint>(buffer.GetRow(y)).Fill(BitConverter.IsLittleEndian ? 0xFF000000 : 0xFF);
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = buffer.GetRow(place.Y + y);
            WriteRow(
                image.GetRow(y), image.Channels, row[(place.X * buffer.BytesPerPixel)..], buffer.PixelFormat);
        }
        return buffer;
    }

    private static void WriteRow(ReadOnlySpan<byte> source, int channels, Span<byte> target, MLPixelFormat format)
    {
        switch (format)
        {
            case MLPixelFormat.OneComponent8 or MLPixelFormat.Rgb24:
                source.CopyTo(target);
                break;
            case MLPixelFormat.OneComponent16Half:
                Span<Half> halves = MemoryMarshal.Cast<byte, Half>(target);
                for (int x = 0; x < source.Length; x++)
                    halves[x] = source[x];
                break;
            default:
                int red = format == MLPixelFormat.Bgra32 ? 2 : 0;
                for (int from = 0, to = 0; from < source.Length; from += channels, to += 4)
                {
                    target[to + red] = source[from];
                    target[to + 1] = source[from + 1];
                    target[to + 2 - red] = source[from + 2];
                    target[to + 3] = channels == 4 ? source[from + 3] : (byte)255;
                }
                break;
        }
    }
}
