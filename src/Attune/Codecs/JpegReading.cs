namespace Attune.Codecs;

/// <summary>One JPEG file being read, marker by marker.</summary>
internal sealed class JpegReading(ByteSource source, ImageLimits limits, CancellationToken cancellationToken)
{
    // Real files have about ten. Each costs a passage over the image, however short it is in the file.
    private const int MostScans = 200;

    private readonly JpegBits bits = new(source);
    private readonly JpegTables tables = new();
    private readonly JpegMetadata metadata = new();
    private byte[] segment = [];
    private JpegFrame? frame;
    private int scans;

    /// <exception cref="ImageFormatException">The file is damaged or not one that is read.</exception>
    public DecodedImage Read()
    {
        source.Skip(2);
        for (int marker = bits.TakeMarker(); marker is >= 0 and not JpegMarker.EndOfImage; marker = bits.TakeMarker())
            if (!JpegMarker.StandsAlone(marker) && !TryRead(marker))
                break;
        if (frame is null || scans == 0)
            throw source.CutShort();
        return new DecodedImage(
            JpegOutput.Make(frame, metadata.SpaceOf(frame.Components), cancellationToken), metadata.Orientation);
    }

    /// <summary>Reads the segment behind a marker, and the scan if one follows.</summary>
    /// <returns>False if the file ends in it.</returns>
    private bool TryRead(int marker)
    {
        int length = source.Next() << 8 | source.Next();
        if (length < 0)
            return false;
        if (length < 2)
            throw new ImageFormatException(
                $"A JPEG segment has 2 bytes or more; this file has one of {length}. It is damaged.");
        if (segment.Length < length - 2)
            segment = new byte[length - 2];
        Span<byte> data = segment.AsSpan(0, length - 2);
        if (source.ReadUpTo(data) < data.Length)
            return false;
        Take(marker, data);
        return true;
    }

    private void Take(int marker, ReadOnlySpan<byte> data)
    {
        if (JpegMarker.IsFrame(marker))
        {
            if (frame is not null)
                throw new ImageFormatException("The JPEG file has two headers. It is damaged.");
            frame = JpegFrame.Read(marker, data, limits);
            return;
        }
        switch (marker)
        {
            case JpegMarker.HuffmanTables:
                tables.ReadHuffman(data);
                break;
            case JpegMarker.QuantizationTables:
                tables.ReadQuantization(data);
                break;
            case JpegMarker.RestartInterval:
                tables.ReadRestartInterval(data);
                break;
            case JpegMarker.StartOfScan:
                ReadScan(data);
                break;
            default:
                metadata.Read(marker, data);
                break;
        }
    }

    private void ReadScan(ReadOnlySpan<byte> data)
    {
        if (frame is null)
            throw new ImageFormatException("The JPEG file has pixels before its header. It is damaged.");
        JpegScan scan = JpegScan.Read(data, frame, tables);
        if (scans++ == 0)
            frame.Allocate(source.Remaining, limits);
        if (scans > MostScans)
            throw new ImageFormatException($"JPEG images of up to {MostScans} scans are read; this one has more.");
        bits.Begin();
        new JpegScanReader(frame, bits, tables.RestartInterval).Read(
            scan, frame.IsProgressive ? new JpegProgressiveBlocks(bits, scan) : new JpegSequentialBlocks(bits),
            cancellationToken);
    }
}
