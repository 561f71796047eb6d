namespace Attune.Codecs;

/// <summary>The header of a scan: which channels it holds, and which part of their coefficients.</summary>
/// <param name="Components">One channel, or several that are interleaved.</param>
/// <param name="First">The first coefficient, 0 to 63.</param>
/// <param name="Last">The last coefficient.</param>
/// <param name="Known">The lowest bit that earlier scans have given; 0: this is the first.</param>
/// <param name="Lowest">The lowest bit that this scan gives.</param>
internal sealed record JpegScan(JpegComponent[] Components, int First, int Last, int Known, int Lowest)
{
    /// <exception cref="ImageFormatException">The header is damaged.</exception>
    public static JpegScan Read(ReadOnlySpan<byte> segment, JpegFrame frame, JpegTables tables)
    {
        int count = segment.Length > 0 ? segment[0] : 0;
        if (count is < 1 or > 4 || segment.Length != 4 + 2 * count)
            throw new ImageFormatException(
                $"The JPEG file has a scan of {count} channels described by {segment.Length} bytes. It is damaged.");
        var components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            int id = segment[1 + 2 * i], codes = segment[2 + 2 * i];
            JpegComponent component = Array.Find(frame.Components, one => one.Id == id)
                ?? throw new ImageFormatException($"The JPEG file has a scan of channel {id}, and no such channel.");
            if (components.AsSpan(0, i).Contains(component))
                throw new ImageFormatException($"The JPEG file has a scan that holds channel {id} twice.");
            component.Table ??= tables.Quantization(component.Quantization);
            components[i] = component;
            int first = segment[^3], last = segment[^2];
            component.DcTable = !frame.IsProgressive || first == 0 ? tables.Dc(codes >> 4) : null;
            component.AcTable = !frame.IsProgressive || last > 0 ? tables.Ac(codes & 15) : null;
        }
        return frame.IsProgressive
            ? new JpegScan(components, segment[^3], segment[^2], segment[^1] >> 4, segment[^1] & 15).Checked()
            : new JpegScan(components, 0, 63, 0, 0);
    }

    private JpegScan Checked()
    {
        bool isPossible = First <= Last && Last <= 63 && (First == 0 ? Last == 0 : Components.Length == 1)
            && Lowest <= 13 && (Known == 0 || Known == Lowest + 1);
        return isPossible
            ? this
            : throw new ImageFormatException(
                $"The JPEG file has a progressive scan of coefficients {First} to {Last}, bits {Known} to {Lowest}, of "
                + $"{Components.Length} channels. There is no such scan.");
    }
}
