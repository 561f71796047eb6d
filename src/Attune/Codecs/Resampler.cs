using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Attune.Arrays;

namespace Attune.Codecs;

/// <summary>
/// Resizes an image: each axis by the weights of <see cref="AxisWeights"/>, in float32, rounded to the nearest value at
/// the end. Where alpha is weighed, colours count by it, so that what is transparent does not bleed.
/// </summary>
internal static class Resampler
{
    /// <summary>The image in another size; the image itself if it has the size.</summary>
    public static MLPixelBuffer Resize(MLPixelBuffer image, int width, int height, bool weighsAlpha = true)
    {
        if (image.Width == width && image.Height == height)
            return image;
        var across = AxisWeights.Between(image.Width, width);
        var down = AxisWeights.Between(image.Height, height);
        var result = new MLPixelBuffer(width, height, image.PixelFormat);
        bool isHalf = image.PixelFormat == MLPixelFormat.OneComponent16Half;
        int channels = isHalf ? 1 : image.BytesPerPixel;
        bool byAlpha = weighsAlpha && PixelFormats.HasAlpha(image.PixelFormat);
        // One number more than a row has, so that the last pixel of three can be read as four.
        float[] mixed = new float[image.Width * channels + 1];
        float[] row = new float[width * channels];
        float[] widened = isHalf ? new float[image.Width] : [];
        for (int y = 0; y < height; y++)
        {
            mixed.AsSpan().Clear();
            ReadOnlySpan<float> weights = down.Weights(y);
            for (int i = 0; i < weights.Length; i++)
                AddRow(image.GetRow(down.First(y) + i), weights[i], byAlpha, widened, mixed);
            MixColumns(mixed, channels, across, row);
            if (byAlpha)
                DivideByAlpha(row);
            Store(row, result.GetRow(y), isHalf);
        }
        return result;
    }

    private static void AddRow(
        ReadOnlySpan<byte> row, float weight, bool byAlpha, Span<float> widened, Span<float> mixed)
    {
        if (byAlpha)
        {
            AddByAlpha(row, weight, mixed);
        }
        else if (widened.Length > 0)
        {
            ElementConversion.Convert(MemoryMarshal.Cast<byte, Half>(row), widened);
            for (int x = 0; x < widened.Length; x++)
                mixed[x] += weight * widened[x];
        }
        else
        {
            Add(row, weight, mixed);
        }
    }

    private static void Add(ReadOnlySpan<byte> row, float weight, Span<float> mixed)
    {
        int x = 0;
        var weights = Vector256.Create(weight);
        for (; x <= row.Length - 32; x += 32)
        {
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.Create(row[x..]));
            (Vector256<uint> first, Vector256<uint> second) = Vector256.Widen(low);
            (Vector256<uint> third, Vector256<uint> fourth) = Vector256.Widen(high);
            Span<float> target = mixed.Slice(x, 32);
            AddEight(first, weights, target);
            AddEight(second, weights, target[8..]);
            AddEight(third, weights, target[16..]);
            AddEight(fourth, weights, target[24..]);
        }
        for (; x < row.Length; x++)
            mixed[x] = float.FusedMultiplyAdd(row[x], weight, mixed[x]);
    }

    private static void AddEight(Vector256<uint> bytes, Vector256<float> weights, Span<float> target) =>
        Vector256.FusedMultiplyAdd(
            Vector256.ConvertToSingle(bytes.AsInt32()), weights, Vector256.Create<float>(target)).CopyTo(target);

    /// <summary>Colours are multiplied by alpha (0 to 1); alpha itself is not.</summary>
    private static void AddByAlpha(ReadOnlySpan<byte> row, float weight, Span<float> mixed)
    {
        Span<Vector4> pixels = MemoryMarshal.Cast<float, Vector4>(mixed);
        for (int x = 0; x < row.Length; x += 4)
        {
            float opacity = weight * row[x + 3] / 255;
            pixels[x / 4] += new Vector4(row[x], row[x + 1], row[x + 2], row[x + 3])
                * new Vector4(opacity, opacity, opacity, weight);
        }
    }

    private static void MixColumns(ReadOnlySpan<float> mixed, int channels, AxisWeights across, Span<float> row)
    {
        for (int x = 0; x < across.Length; x++)
        {
            ReadOnlySpan<float> weights = across.Weights(x);
            ReadOnlySpan<float> source = mixed[(across.First(x) * channels)..];
            if (channels == 1)
                row[x] = Sum(source, weights);
            else
                Write(SumPixels(source, weights, channels), row.Slice(x * channels, channels));
        }
    }

    private static float Sum(ReadOnlySpan<float> source, ReadOnlySpan<float> weights)
    {
        float sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] * source[i];
        return sum;
    }

    private static Vector4 SumPixels(ReadOnlySpan<float> source, ReadOnlySpan<float> weights, int channels)
    {
        Vector4 sum = default;
        for (int i = 0, at = 0; i < weights.Length; i++, at += channels)
            sum += weights[i] * new Vector4(source.Slice(at, 4));
        return sum;
    }

    private static void Write(Vector4 pixel, Span<float> target)
    {
        for (int channel = 0; channel < target.Length; channel++)
            target[channel] = pixel[channel];
    }

    private static void DivideByAlpha(Span<float> row)
    {
        for (int x = 0; x < row.Length; x += 4)
        {
            float undo = row[x + 3] > 0 ? 255 / row[x + 3] : 0;
            row[x] *= undo;
            row[x + 1] *= undo;
            row[x + 2] *= undo;
        }
    }

    private static void Store(ReadOnlySpan<float> row, Span<byte> target, bool isHalf)
    {
        if (isHalf)
            ElementConversion.Convert(row, MemoryMarshal.Cast<byte, Half>(target));
        else
            for (int x = 0; x < row.Length; x++)
                target[x] = byte.CreateSaturating(row[x] + 0.5f);
    }
}
