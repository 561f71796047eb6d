namespace Attune.Codecs;

/// <summary>Goes over the blocks of a scan, from one restart marker to the next.</summary>
internal sealed class JpegScanReader(JpegFrame frame, JpegBits bits, int restartInterval)
{
    private int unitsToRestart;
    private int nextRestart;

    /// <summary>Reads all blocks. What a damaged file does not give is left as it is.</summary>
    public void Read(JpegScan scan, IJpegBlocks blocks, CancellationToken cancellationToken)
    {
        Begin(scan, blocks);
        unitsToRestart = restartInterval;
        bool isInterleaved = scan.Components.Length > 1;
        int wide = isInterleaved ? frame.UnitsPerRow : scan.Components[0].BlocksWide;
        int high = isInterleaved ? frame.UnitRows : scan.Components[0].BlocksHigh;
        for (int y = 0; y < high; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int x = 0; x < wide; x++)
            {
                if (restartInterval > 0 && unitsToRestart-- == 0)
                    Restart(scan, blocks);
                // Once the bits have ended only a restart brings new ones.
                if (bits.IsExhausted)
                {
                    if (restartInterval == 0)
                        return;
                }
                else if (isInterleaved)
                {
                    ReadUnit(scan, blocks, x, y);
                }
                else
                {
                    blocks.Read(scan.Components[0], x, y);
                }
            }
        }
    }

    private static void ReadUnit(JpegScan scan, IJpegBlocks blocks, int x, int y)
    {
        foreach (JpegComponent component in scan.Components)
            for (int down = 0; down < component.Down; down++)
                for (int across = 0; across < component.Across; across++)
                    blocks.Read(component, x * component.Across + across, y * component.Down + down);
    }

    private static void Begin(JpegScan scan, IJpegBlocks blocks)
    {
        foreach (JpegComponent component in scan.Components)
            component.Mean = 0;
        blocks.Begin();
    }

    /// <summary>
    /// Takes the next restart marker. Where another marker stands, some are lost or made up: one of the next two means
    /// that units are missing before it, one of the last two is passed over, and so are markers that are none.
    /// </summary>
    private void Restart(JpegScan scan, IJpegBlocks blocks)
    {
        int expected = JpegMarker.Restart0 + nextRestart;
        while (true)
        {
            int marker = bits.TakeMarker();
            int ahead = (marker - expected) & 7;
            bool isLater = JpegMarker.IsRestart(marker) ? ahead is 1 or 2
                : marker is < 0 or >= JpegMarker.StartOfFrame0;
            if (isLater)
            {
                bits.PutBack(marker);
                break;
            }
            if (JpegMarker.IsRestart(marker) && ahead is not (6 or 7))
                break;
        }
        nextRestart = (nextRestart + 1) & 7;
        unitsToRestart = restartInterval - 1;
        Begin(scan, blocks);
    }
}
