using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>What the samples of a PNG image mean. The numbers are the format's.</summary>
internal enum PngColour
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}

/// <summary>The IHDR chunk of a PNG image, checked.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColour Colour, bool IsInterlaced)
{
    public const int Length = 13;

    /// <summary>Samples per pixel.</summary>
    public int Samples => Colour switch
    {
        PngColour.Rgb => 3,
        PngColour.GrayAlpha => 2,
        PngColour.Rgba => 4,
        _ => 1,
    };

    /// <summary>Bytes by which a filter looks to the left: a pixel, at least 1.</summary>
    public int FilterDistance => Math.Max(1, Samples * BitDepth / 8);

    /// <summary>Bytes of a row of some pixels, without its filter.</summary>
    public long BytesOf(int pixels) => ((long)pixels * Samples * BitDepth + 7) / 8;

    /// <exception cref="ImageFormatException">The chunk breaks the format's rules, or the image is too
    /// large.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> chunk, ImageLimits limits)
    {
        if (chunk.Length != Length)
            throw new ImageFormatException(
                $"The header of a PNG image has {Length} bytes; this one has {chunk.Length}.");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        int depth = chunk[8];
        var colour = (PngColour)chunk[9];
        limits.Check(width, height, "PNG");
        bool isKnown = colour switch
        {
            PngColour.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColour.Palette => depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GrayAlpha or PngColour.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!isKnown)
            throw new ImageFormatException(
                $"PNG has no colour type {(int)colour} with {depth} bits per sample. The header is damaged.");
        if (chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
            throw new ImageFormatException(
                "PNG has compression method 0, filter method 0 and interlace method 0 or 1; this image says "
                + $"{chunk[10]}, {chunk[11]} and {chunk[12]}.");
        return new PngHeader((int)width, (int)height, depth, colour, chunk[12] == 1);
    }
}
