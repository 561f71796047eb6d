namespace Attune.Format;

/// <summary>What the one pass over a file finds.</summary>
/// <param name="Literal">All bytes of the file but the weights.</param>
/// <param name="Root">Where in them the weights stood, and messages that may be replaced stand.</param>
/// <param name="Blobs">The weights; the first has number 1.</param>
/// <param name="SlotCount">How many messages may be replaced; the first has number 1.</param>
internal sealed record ScannedDocument(
    ReadOnlyMemory<byte> Literal, Section Root, IReadOnlyList<WeightBlob> Blobs, int SlotCount);
