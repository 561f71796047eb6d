using System.Runtime.InteropServices;
using Attune.Arrays;
using Attune.Runtime;

namespace Attune.Codecs;

/// <summary>One random variation of an image, as <see cref="MLImageAugmentation"/> describes it.</summary>
internal static class ImageVariation
{
    /// <param name="image">The image; it stays as it is.</param>
    /// <param name="augmentation">What varies.</param>
    /// <param name="sample">Which sample it is.</param>
    /// <param name="reading">How often the sample was read before.</param>
    public static MLPixelBuffer Of(MLPixelBuffer image, MLImageAugmentation augmentation, int sample, int reading)
    {
        // One stream for each reading of each sample, so that it does not matter in which order they are made.
        var random = new RandomStream(unchecked(augmentation.Seed + ((long)reading << 32 | (uint)sample)));
        MLPixelBuffer moved = AffineWarp.Apply(image, Draw(augmentation, random, image.Width, image.Height));
        if (augmentation.Noise > 0)
            AddNoise(moved, augmentation.Noise, random);
        return moved;
    }

    /// <summary>Where a pixel of the result comes from: every movement undone, in the opposite order.</summary>
    private static AffineMap Draw(MLImageAugmentation augmentation, RandomStream random, int width, int height)
    {
        double angle = Even(random, augmentation.MaxRotation) * Math.PI / 180;
        double shrink = Math.Pow(1 + augmentation.MaxScale, -Even(random, 1));
        double mirrorX = augmentation.FlipsHorizontally && random.Below(2) == 1 ? -shrink : shrink;
        double mirrorY = augmentation.FlipsVertically && random.Below(2) == 1 ? -shrink : shrink;
        double shiftX = Even(random, augmentation.MaxShift) * width;
        double shiftY = Even(random, augmentation.MaxShift) * height;

        (double sin, double cos) = Math.SinCos(angle);
        double xx = cos * mirrorX, xy = sin * mirrorY, yx = -sin * mirrorX, yy = cos * mirrorY;
        double centreX = (width - 1) / 2.0, centreY = (height - 1) / 2.0;
        double fromX = centreX + shiftX, fromY = centreY + shiftY;
        return new AffineMap(
            xx, xy, centreX - xx * fromX - xy * fromY, yx, yy, centreY - yx * fromX - yy * fromY);
    }

    private static double Even(RandomStream random, double most) => (2 * random.NextDouble() - 1) * most;

    private static void AddNoise(MLPixelBuffer image, double deviation, RandomStream random)
    {
        bool hasAlpha = PixelFormats.HasAlpha(image.PixelFormat);
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = image.GetRow(y);
            if (image.PixelFormat == MLPixelFormat.OneComponent16Half)
            {
                foreach (ref Half value in MemoryMarshal.Cast<byte, Half>(row))
                    value = (Half)Math.Clamp((double)value + deviation * random.NextGaussian(), 0, 255);
                continue;
            }
            for (int i = 0; i < row.Length; i++)
                if (!hasAlpha || i % 4 != 3)
                    row[i] = byte.CreateSaturating(Math.Round(row[i] + deviation * random.NextGaussian()));
        }
    }
}
