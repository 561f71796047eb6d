namespace Attune.Graph;

/// <summary>
/// Gives places in one block of memory to buffers in the order in which steps need them, so that a buffer takes the
/// place of others that are no longer alive: the smallest free gap that is large enough, else the end of the block.
/// </summary>
internal sealed class BufferPlan
{
    // In elements; 16 floats are one cache line and one widest vector.
    private const int Alignment = 16;

    // Free gaps by offset; neighbours are merged, so it stays short.
    private readonly SortedDictionary<long, long> gaps = [];

    /// <summary>Number of elements of the whole block so far.</summary>
    public long Size { get; private set; }

    /// <summary>The offset of a new buffer of <paramref name="count"/> elements.</summary>
    public long Take(long count)
    {
        long wanted = Align(count);
        (long offset, long size) = gaps
            .Where(gap => gap.Value >= wanted)
            .Select(gap => (gap.Key, gap.Value))
            .DefaultIfEmpty((-1, 0))
            .MinBy(gap => gap.Item2);

        if (offset < 0)
        {
            offset = Size;
            Size += wanted;
            return offset;
        }
        gaps.Remove(offset);
        if (size > wanted)
            gaps.Add(offset + wanted, size - wanted);
        return offset;
    }

    /// <summary>Frees a buffer that <see cref="Take"/> gave.</summary>
    public void Release(long offset, long count)
    {
        long size = Align(count);
        if (gaps.Remove(offset + size, out long next))
            size += next;

        foreach ((long before, long length) in gaps)
        {
            if (before + length != offset)
                continue;
            gaps[before] = length + size;
            return;
        }
        gaps.Add(offset, size);
    }

    // A buffer without elements still has a place of its own, so that no two start at one offset.
    private static long Align(long count) => Math.Max(1, (count + Alignment - 1) / Alignment) * Alignment;
}
