using Attune.Arrays;

namespace Attune;

/// <summary>
/// An image in memory: rows of pixels from the top, each row from the left.
/// </summary>
/// <remarks>
/// A buffer made over the caller's memory aliases it: no copy is made. Reading from many threads is safe.
/// Core ML: <c>CVPixelBuffer</c>, of which this is the part that models need.
/// </remarks>
public sealed class MLPixelBuffer
{
    private readonly Memory<byte> data;

    /// <summary>A new buffer of zero bytes (black, and fully transparent where there is alpha), rows without
    /// gaps.</summary>
    /// <param name="width">Pixels per row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="format">How a pixel stands in memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, the buffer would be larger than an array can
    /// be, or there is no such format.</exception>
    public MLPixelBuffer(int width, int height, MLPixelFormat format)
        : this(new byte[CheckedLength(width, height, format, 0)], width, height, format)
    {
    }

    /// <summary>A buffer over the caller's memory; no copy is made.</summary>
    /// <param name="data">The rows, from the top; at least <c>(height - 1) * bytesPerRow</c> and one row's
    /// pixels.</param>
    /// <param name="width">Pixels per row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="format">How a pixel stands in memory.</param>
    /// <param name="bytesPerRow">Distance between the starts of two rows, in bytes; 0, the default: rows without
    /// gaps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, rows overlap, or there is no such
    /// format.</exception>
    /// <exception cref="ArgumentException">The memory is too short.</exception>
    public MLPixelBuffer(Memory<byte> data, int width, int height, MLPixelFormat format, int bytesPerRow = 0)
    {
        int length = CheckedLength(width, height, format, bytesPerRow);
        if (data.Length < length)
            throw new ArgumentException(
                $"A {width}×{height} buffer of {format} takes {length} bytes; got {data.Length}.", nameof(data));
        this.data = data;
        Width = width;
        Height = height;
        PixelFormat = format;
        BytesPerRow = bytesPerRow == 0 ? width * BytesPerPixel : bytesPerRow;
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>How a pixel stands in memory.</summary>
    public MLPixelFormat PixelFormat { get; }

    /// <summary>Distance between the starts of two rows, in bytes.</summary>
    public int BytesPerRow { get; }

    /// <summary>Bytes of one pixel: 1 to 4.</summary>
    public int BytesPerPixel => PixelFormats.BytesPerPixel(PixelFormat);

    /// <summary>The pixels of one row, without the gap behind it; writing to the span writes to the buffer.</summary>
    /// <param name="y">0, the top, to <see cref="Height"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<byte> GetRow(int y)
    {
        if ((uint)y >= (uint)Height)
            throw new ArgumentOutOfRangeException(
                nameof(y), $"An image of {Height} rows takes a row from 0 to {Height - 1}; got {y}.");
        return data.Span.Slice(y * BytesPerRow, Width * BytesPerPixel);
    }

    /// <summary>The size and the format, such as <c>28×28 OneComponent8</c>.</summary>
    public override string ToString() => $"{Width}×{Height} {PixelFormat}";

    /// <summary>A rectangle of the image; it aliases the image's memory.</summary>
    internal MLPixelBuffer Part(int x, int y, int width, int height) =>
        x == 0 && y == 0 && width == Width && height == Height
            ? this
            : new(data[(y * BytesPerRow + x * BytesPerPixel)..], width, height, PixelFormat, BytesPerRow);

    /// <summary>Same size, same format, same pixels; the gaps between rows do not count.</summary>
    internal bool HasSameContent(MLPixelBuffer other)
    {
        if (Width != other.Width || Height != other.Height || PixelFormat != other.PixelFormat)
            return false;
        for (int y = 0; y < Height; y++)
            if (!GetRow(y).SequenceEqual(other.GetRow(y)))
                return false;
        return true;
    }

    private static int CheckedLength(int width, int height, MLPixelFormat format, int bytesPerRow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long row = (long)width * PixelFormats.BytesPerPixel(format);
        if (bytesPerRow != 0 && bytesPerRow < row)
            throw new ArgumentOutOfRangeException(
                nameof(bytesPerRow), $"A row of {width} pixels of {format} takes {row} bytes; got {bytesPerRow}.");
        // A row is compared first: only then is its product with the height sure to fit a long.
        long length = row > Array.MaxLength ? row : (height - 1) * (bytesPerRow == 0 ? row : bytesPerRow) + row;
        if (length > Array.MaxLength)
            throw new ArgumentOutOfRangeException(
                nameof(width),
                $"A pixel buffer takes at most {Array.MaxLength} bytes; {width}×{height} of {format} would take more.");
        return (int)length;
    }
}
