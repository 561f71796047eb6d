namespace Attune.Codecs;

/// <summary>Turns stored images upright.</summary>
internal static class ImageTurning
{
    /// <summary>Whether rows become columns.</summary>
    public static bool SwapsSides(MLImageOrientation orientation) => orientation >= MLImageOrientation.LeftMirrored;

    /// <summary>The rectangle of a stored image that becomes a rectangle of the upright one.</summary>
    public static MLCropRect Stored(MLCropRect upright, MLPixelBuffer stored, MLImageOrientation orientation)
    {
        (int X, int Y) one = Stored(upright.X, upright.Y, stored.Width, stored.Height, orientation);
        (int X, int Y) other = Stored(
            upright.X + upright.Width - 1, upright.Y + upright.Height - 1, stored.Width, stored.Height, orientation);
        return new MLCropRect(
            Math.Min(one.X, other.X), Math.Min(one.Y, other.Y), Math.Abs(one.X - other.X) + 1,
            Math.Abs(one.Y - other.Y) + 1);
    }

    /// <summary>The upright image; the stored one itself if it is upright.</summary>
    public static MLPixelBuffer Upright(MLPixelBuffer stored, MLImageOrientation orientation)
    {
        if (orientation == MLImageOrientation.Up)
            return stored;
        bool swaps = SwapsSides(orientation);
        var upright = new MLPixelBuffer(
            swaps ? stored.Height : stored.Width, swaps ? stored.Width : stored.Height, stored.PixelFormat);
        int bytes = stored.BytesPerPixel;
        for (int y = 0; y < upright.Height; y++)
        {
            Span<byte> row = upright.GetRow(y);
            for (int x = 0; x < upright.Width; x++)
            {
                (int sourceX, int sourceY) = Stored(x, y, stored.Width, stored.Height, orientation);
                stored.GetRow(sourceY).Slice(sourceX * bytes, bytes).CopyTo(row[(x * bytes)..]);
            }
        }
        return upright;
    }

    /// <summary>Where a pixel of the upright image is stored.</summary>
    private static (int X, int Y) Stored(int x, int y, int width, int height, MLImageOrientation orientation) =>
        orientation switch
        {
            MLImageOrientation.UpMirrored => (width - 1 - x, y),
            MLImageOrientation.Down => (width - 1 - x, height - 1 - y),
            MLImageOrientation.DownMirrored => (x, height - 1 - y),
            MLImageOrientation.LeftMirrored => (y, x),
            MLImageOrientation.Right => (y, height - 1 - x),
            MLImageOrientation.RightMirrored => (width - 1 - y, height - 1 - x),
            MLImageOrientation.Left => (width - 1 - y, x),
            _ => (x, y),
        };
}
