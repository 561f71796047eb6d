namespace Attune.Codecs;

/// <summary>
/// Resizes an image: each axis by the weights of <see cref="AxisWeights"/>, in float32, rounded to the nearest value at
/// the end. Colours with alpha are weighted by it, so that what is transparent does not bleed.
/// </summary>
internal static class Resampler
{
    /// <summary>The image in another size; the image itself if it has the size.</summary>
    public static DecodedImage Resize(DecodedImage image, int width, int height)
    {
        if (image.Width == width && image.Height == height)
            return image;
        var across = AxisWeights.Between(image.Width, width);
        var down = AxisWeights.Between(image.Height, height);
        var result = new DecodedImage(width, height, image.Channels, new byte[width * height * image.Channels]);
        float[] mixed = new float[image.BytesPerRow];
        for (int y = 0; y < height; y++)
        {
            MixRows(image, down.First(y), down.Weights(y), mixed);
            if (image.Channels == 4)
                MixColumnsWithAlpha(mixed, across, result.GetRow(y));
            else
                MixColumns(mixed, image.Channels, across, result.GetRow(y));
        }
        return result;
    }

    /// <summary>The weighted sum of some rows; with four channels colours are multiplied by alpha (0 to 1).</summary>
    private static void MixRows(DecodedImage image, int first, ReadOnlySpan<float> weights, Span<float> mixed)
    {
        mixed.Clear();
        for (int i = 0; i < weights.Length; i++)
        {
            ReadOnlySpan<byte> row = image.GetRow(first + i);
            float weight = weights[i];
            if (image.Channels != 4)
            {
                for (int x = 0; x < row.Length; x++)
                    mixed[x] += weight * row[x];
                continue;
            }
            for (int x = 0; x < row.Length; x += 4)
            {
                float opacity = weight * row[x + 3] / 255;
                mixed[x] += opacity * row[x];
                mixed[x + 1] += opacity * row[x + 1];
                mixed[x + 2] += opacity * row[x + 2];
                mixed[x + 3] += weight * row[x + 3];
            }
        }
    }

    private static void MixColumns(ReadOnlySpan<float> mixed, int channels, AxisWeights across, Span<byte> row)
    {
        for (int x = 0; x < across.Length; x++)
        {
            ReadOnlySpan<float> weights = across.Weights(x);
            int first = across.First(x) * channels;
            for (int channel = 0; channel < channels; channel++)
                row[x * channels + channel] = ToByte(Sum(mixed, first + channel, channels, weights));
        }
    }

    private static void MixColumnsWithAlpha(ReadOnlySpan<float> mixed, AxisWeights across, Span<byte> row)
    {
        for (int x = 0; x < across.Length; x++)
        {
            ReadOnlySpan<float> weights = across.Weights(x);
            int first = across.First(x) * 4;
            float alpha = Sum(mixed, first + 3, 4, weights);
            float undo = alpha > 0 ? 255 / alpha : 0;
            for (int channel = 0; channel < 3; channel++)
                row[x * 4 + channel] = ToByte(undo * Sum(mixed, first + channel, 4, weights));
            row[x * 4 + 3] = ToByte(alpha);
        }
    }

    private static float Sum(ReadOnlySpan<float> values, int first, int step, ReadOnlySpan<float> weights)
    {
        float sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] * values[first + i * step];
        return sum;
    }

    private static byte ToByte(float value) => byte.CreateSaturating(value + 0.5f);
}
