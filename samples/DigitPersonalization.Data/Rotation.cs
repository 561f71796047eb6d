namespace DigitPersonalization.Data;

/// <summary>Turns a square gray image about its centre.</summary>
internal static class Rotation
{
    /// <summary>
    /// Turns counter-clockwise as seen. Between pixels the value is bilinear; outside the image it is 0. Pixel (x, y)
    /// has its centre at (x, y), so that the image's centre is at (side - 1) / 2.
    /// </summary>
    public static void Turn(ReadOnlySpan<byte> source, Span<byte> destination, int side, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        double centre = (side - 1) / 2.0;

        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                // Rows go down, so this turns clockwise: from where a pixel ends up to where it came from.
                double dx = x - centre, dy = y - centre;
                double sourceX = centre + dx * cos - dy * sin;
                double sourceY = centre + dx * sin + dy * cos;
                destination[y * side + x] = (byte)Math.Floor(Sample(source, side, sourceX, sourceY) + 0.5);
            }
    }

    private static double Sample(ReadOnlySpan<byte> image, int side, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double toRight = x - left, down = y - top;

        double above = (1 - toRight) * Pixel(image, side, left, top)
            + toRight * Pixel(image, side, left + 1, top);
        double below = (1 - toRight) * Pixel(image, side, left, top + 1)
            + toRight * Pixel(image, side, left + 1, top + 1);
        return (1 - down) * above + down * below;
    }

    private static double Pixel(ReadOnlySpan<byte> image, int side, int x, int y) =>
        x >= 0 && x < side && y >= 0 && y < side ? image[y * side + x] : 0;
}
