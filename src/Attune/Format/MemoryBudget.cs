namespace Attune.Format;

/// <summary>
/// Holds the estimate of the memory that the messages of a file will take against what a file of its size may take.
/// </summary>
/// <remarks>
/// A message of two bytes in the file may become an object of hundreds. Models as they are made take up to ten times
/// the bytes that they have besides weights (trees, the most, about seven); a file made to harm takes a hundred times.
/// Weights are read as they stand and do not count.
/// </remarks>
internal sealed class MemoryBudget
{
    private const long AlwaysAllowed = 64L << 20;
    private const int PerByte = 24;
    private const long AllowedAtPerByte = 2L << 30;
    private const int PerByteOfGreatFiles = 6;

    private long taken;

    /// <summary>Counts memory that is about to be asked for.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="read">
    /// The bytes of messages that the file had so far, or the whole file where that is known.
    /// </param>
    /// <returns>False if that is too much.</returns>
    public bool Take(long bytes, long read)
    {
        taken += bytes;
        return taken <= AlwaysAllowed || taken <= AllowedFor(read);
    }

    private static long AllowedFor(long read) =>
        Math.Max(Math.Min(read * PerByte, AllowedAtPerByte), read * PerByteOfGreatFiles);
}
