namespace Attune.Codecs;

/// <summary>
/// Reads JPEG images: baseline, extended and progressive, with Huffman codes and 8 bits per channel; gray, YCbCr, RGB,
/// CMYK and YCCK. Specification: ITU-T T.81, JFIF 1.02. Like libjpeg it shows as much as a damaged file gives, and
/// refuses one whose headers contradict themselves.
/// </summary>
internal sealed class JpegDecoder : IImageDecoder
{
    public string FormatName => "JPEG";

    public bool Recognises(ReadOnlySpan<byte> start) => start is [0xFF, JpegMarker.StartOfImage, 0xFF, ..];

    public DecodedImage Decode(Stream stream, ImageLimits limits, CancellationToken cancellationToken) =>
        new JpegReading(new ByteSource(stream, FormatName), limits, cancellationToken).Read();
}
