namespace Attune.Codecs;

/// <summary>
/// The pixels of an image with 8 bits per channel, rows from the top without gaps. Channels: 1 gray, 3 red, green and
/// blue, 4 the same and alpha (not premultiplied).
/// </summary>
internal sealed class DecodedImage(int width, int height, int channels, byte[] pixels)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public int Channels { get; } = channels;

    public byte[] Pixels { get; } = pixels;

    public int BytesPerRow => Width * Channels;

    public Span<byte> GetRow(int y) => Pixels.AsSpan(y * BytesPerRow, BytesPerRow);
}
