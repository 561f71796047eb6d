using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>What the application segments of a JPEG file say: how its channels are meant, and which way is
/// up.</summary>
internal sealed class JpegMetadata
{
    private bool isJfif;
    private int? adobeTransform;

    public MLImageOrientation Orientation { get; private set; } = MLImageOrientation.Up;

    public void Read(int marker, ReadOnlySpan<byte> segment)
    {
        if (marker == JpegMarker.Application0 && segment.StartsWith("JFIF\0"u8))
            isJfif = true;
        else if (marker == JpegMarker.Application14 && segment.Length >= 12 && segment.StartsWith("Adobe"u8))
            adobeTransform = segment[11];
        else if (marker == JpegMarker.Application1 && segment.StartsWith("Exif\0"u8) && segment.Length > 6)
            Orientation = OrientationOf(segment[6..]) ?? Orientation;
    }

    /// <summary>The channels' meaning by the rules of libjpeg: JFIF's, Adobe's, then the channels' names.</summary>
    public JpegColourSpace SpaceOf(JpegComponent[] components) => components.Length switch
    {
        1 => JpegColourSpace.Gray,
        3 when isJfif => JpegColourSpace.YCbCr,
        3 when adobeTransform is { } transform => transform == 0 ? JpegColourSpace.Rgb : JpegColourSpace.YCbCr,
        3 => components is [{ Id: 'R' }, { Id: 'G' }, { Id: 'B' }] ? JpegColourSpace.Rgb : JpegColourSpace.YCbCr,
        _ => adobeTransform is null or 0 ? JpegColourSpace.Cmyk : JpegColourSpace.Ycck,
    };

    /// <summary>The tag 274 of the first directory of EXIF data, which is a TIFF file; null if it is not
    /// there.</summary>
    private static MLImageOrientation? OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
            return null;
        bool isLittle = tiff[0] == 'I';
        uint directory = isLittle
            ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
            return null;
        tiff = tiff[(int)directory..];
        int entries = Number(tiff, isLittle);
        // An entry is a tag, a type, a count and a value: 2, 2, 4 and 4 bytes.
        for (tiff = tiff[2..]; entries-- > 0 && tiff.Length >= 12; tiff = tiff[12..])
            if (Number(tiff, isLittle) == 274)
                return (MLImageOrientation)Number(tiff[8..], isLittle) is var found && Enum.IsDefined(found)
                    ? found
                    : null;
        return null;
    }

    private static int Number(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
