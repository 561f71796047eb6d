namespace Attune.Codecs;

/// <summary>What is done with the blocks of a scan.</summary>
internal interface IJpegBlocks
{
    /// <summary>A scan begins, or begins anew behind a restart marker.</summary>
    void Begin();

    /// <summary>Reads one block of a channel.</summary>
    void Read(JpegComponent component, int column, int row);
}
