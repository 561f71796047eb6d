using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>The header of a JPEG image: its size and channels.</summary>
internal sealed class JpegFrame
{
    private JpegFrame(int width, int height, bool isProgressive, JpegComponent[] components)
    {
        Width = width;
        Height = height;
        IsProgressive = isProgressive;
        Components = components;
        foreach (JpegComponent component in components)
        {
            MostAcross = Math.Max(MostAcross, component.Across);
            MostDown = Math.Max(MostDown, component.Down);
        }
        foreach (JpegComponent component in components)
            component.Measure(width, height, MostAcross, MostDown);
    }

    public int Width { get; }

    public int Height { get; }

    public bool IsProgressive { get; }

    public JpegComponent[] Components { get; }

    /// <summary>The finest sampling of any channel.</summary>
    public int MostAcross { get; }

    public int MostDown { get; }

    /// <summary>Units of an interleaved scan.</summary>
    public int UnitsPerRow => (Width + 8 * MostAcross - 1) / (8 * MostAcross);

    public int UnitRows => (Height + 8 * MostDown - 1) / (8 * MostDown);

    /// <param name="marker">Which kind of frame it is.</param>
    /// <param name="segment">The header.</param>
    /// <param name="limits">What is too large.</param>
    /// <exception cref="ImageFormatException">The header is damaged, or of an image that is not read.</exception>
    public static JpegFrame Read(int marker, ReadOnlySpan<byte> segment, ImageLimits limits)
    {
        if (marker > JpegMarker.StartOfFrame2)
            throw new ImageFormatException(
                "JPEG images are read that are baseline, extended or progressive with Huffman codes; this one is "
                + $"{Describe(marker)}. Save it as an ordinary JPEG image.");
        if (segment.Length < 6 || segment.Length != 6 + 3 * segment[5])
            throw new ImageFormatException(
                $"The JPEG file's header has {segment.Length} bytes, which do not fit its channels. It is damaged.");
        if (segment[0] != 8)
            throw new ImageFormatException(
                $"JPEG images of 8 bits per channel are read; this one has {segment[0]}. Save it with 8.");
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        limits.Check(width, height, "JPEG");
        if (segment[5] is not (1 or 3 or 4))
            throw new ImageFormatException($"JPEG images of 1, 3 or 4 channels are read; this one has {segment[5]}.");
        return new JpegFrame(width, height, marker == JpegMarker.StartOfFrame2, ReadComponents(segment[6..]));
    }

    /// <summary>Takes the memory for the image.</summary>
    /// <exception cref="ImageFormatException">It is more than may be taken, or far more than the rest of the file could
    /// hold.</exception>
    public void Allocate(long? bytesLeft, ImageLimits limits)
    {
        long samples = 0;
        foreach (JpegComponent component in Components)
            samples += (long)component.SamplesPerRow * component.BlockRows * 8;
        long pixels = (long)Width * Height * (Components.Length == 1 ? 1 : 3);
        limits.CheckMemory(pixels + samples * (IsProgressive ? 3 : 1), "JPEG");
        // A block takes one bit at the least. Half a file is shown; one that is hardly begun is not.
        if (samples / 64 / 8 / 16 > bytesLeft)
            throw new ImageFormatException(
                $"A JPEG image of {Width}×{Height} takes more than the {bytesLeft} bytes left in this file. It is cut "
                + "short or damaged.");
        foreach (JpegComponent component in Components)
            component.Allocate(IsProgressive);
    }

    private static JpegComponent[] ReadComponents(ReadOnlySpan<byte> fields)
    {
        var components = new JpegComponent[fields.Length / 3];
        for (int i = 0; i < components.Length; i++)
        {
            int across = fields[i * 3 + 1] >> 4, down = fields[i * 3 + 1] & 15, quantization = fields[i * 3 + 2];
            if (across is < 1 or > 4 || down is < 1 or > 4 || quantization > 3)
                throw new ImageFormatException(
                    "JPEG channels are sampled 1 to 4 times and use quantization table 0 to 3; channel "
                    + $"{i} says {across}×{down} and {quantization}. The file is damaged.");
            components[i] = new JpegComponent(fields[i * 3], across, down, quantization);
        }
        return components;
    }

    private static string Describe(int marker) => marker switch
    {
        0xC3 => "lossless",
        0xC5 or 0xC6 or 0xC7 or 0xCD or 0xCE or 0xCF => "hierarchical",
        0xC9 or 0xCA => "coded arithmetically",
        _ => "lossless and coded arithmetically",
    };
}
