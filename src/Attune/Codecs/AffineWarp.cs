using System.Runtime.InteropServices;

namespace Attune.Codecs;

/// <summary>
/// Moves an image by an affine map: every pixel of the result is interpolated linearly between the four pixels around
/// the place that the map gives; beyond the border the border is repeated.
/// </summary>
internal static class AffineWarp
{
    /// <param name="image">The image; it stays as it is.</param>
    /// <param name="source">From a pixel of the result to its place in the image.</param>
    public static MLPixelBuffer Apply(MLPixelBuffer image, AffineMap source)
    {
        var result = new MLPixelBuffer(image.Width, image.Height, image.PixelFormat);
        for (int y = 0; y < image.Height; y++)
            for (int x = 0; x < image.Width; x++)
            {
                var place = Place.Of(
                    Math.Clamp(source.XX * x + source.XY * y + source.X0, 0, image.Width - 1),
                    Math.Clamp(source.YX * x + source.YY * y + source.Y0, 0, image.Height - 1),
                    image);
                if (image.PixelFormat == MLPixelFormat.OneComponent16Half)
                    Halves(result.GetRow(y))[x] = (Half)place.Mix(
                        (double)Halves(image.GetRow(place.Top))[place.Left],
                        (double)Halves(image.GetRow(place.Top))[place.Right],
                        (double)Halves(image.GetRow(place.Bottom))[place.Left],
                        (double)Halves(image.GetRow(place.Bottom))[place.Right]);
                else
                    MixBytes(image, place, result.GetRow(y).Slice(x * image.BytesPerPixel, image.BytesPerPixel));
            }
        return result;
    }

    private static void MixBytes(MLPixelBuffer image, Place place, Span<byte> pixel)
    {
        ReadOnlySpan<byte> top = image.GetRow(place.Top), bottom = image.GetRow(place.Bottom);
        int left = place.Left * pixel.Length, right = place.Right * pixel.Length;
        for (int channel = 0; channel < pixel.Length; channel++)
            pixel[channel] = (byte)(place.Mix(
                top[left + channel], top[right + channel], bottom[left + channel], bottom[right + channel]) + 0.5);
    }

    private static Span<Half> Halves(Span<byte> row) => MemoryMarshal.Cast<byte, Half>(row);

    /// <summary>The four pixels around a place inside the image, and how far it is from the top left one.</summary>
    private readonly record struct Place(int Left, int Right, int Top, int Bottom, double Across, double Down)
    {
        public static Place Of(double x, double y, MLPixelBuffer image)
        {
            int left = (int)x, top = (int)y;
            return new Place(
                left, Math.Min(left + 1, image.Width - 1), top, Math.Min(top + 1, image.Height - 1), x - left, y - top);
        }

        public double Mix(double topLeft, double topRight, double bottomLeft, double bottomRight)
        {
            double above = topLeft + Across * (topRight - topLeft);
            double below = bottomLeft + Across * (bottomRight - bottomLeft);
            return above + Down * (below - above);
        }
    }
}
