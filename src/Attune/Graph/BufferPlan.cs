namespace Attune.Graph;

/// <summary>
/// Gives places in one block of memory to buffers in the order in which steps need them, so that a buffer takes the
/// place of others that are no longer alive: the smallest free gap that is large enough, else the end of the block.
/// </summary>
/// <remarks>Plain arrays rather than sorted collections of pairs: a plan is made before a program's first prediction,
/// and those would have to be compiled then.</remarks>
internal sealed class BufferPlan
{
    // In elements; 16 floats are one cache line and one widest vector.
    private const int Alignment = 16;

    // Free gaps in the order of their offsets; neighbours are merged, so there are few.
    private long[] offsets = new long[8];
    private long[] sizes = new long[8];
    private int gaps;

    /// <summary>Number of elements of the whole block so far.</summary>
    public long Size { get; private set; }

    /// <summary>The offset of a new buffer of <paramref name="count"/> elements.</summary>
    public long Take(long count)
    {
        long wanted = Align(count);
        int best = -1;
        for (int i = 0; i < gaps; i++)
            if (sizes[i] >= wanted && (best < 0 || sizes[i] < sizes[best]))
                best = i;

        if (best < 0)
        {
            Size += wanted;
            return Size - wanted;
        }
        long offset = offsets[best];
        offsets[best] += wanted;
        sizes[best] -= wanted;
        if (sizes[best] == 0)
            RemoveAt(best);
        return offset;
    }

    /// <summary>Frees a buffer that <see cref="Take"/> gave.</summary>
    public void Release(long offset, long count)
    {
        int next = 0;
        while (next < gaps && offsets[next] < offset)
            next++;
        InsertAt(next, offset, Align(count));
        MergeWithNext(next);
        if (next > 0)
            MergeWithNext(next - 1);
    }

    private void MergeWithNext(int gap)
    {
        if (gap + 1 >= gaps || offsets[gap] + sizes[gap] != offsets[gap + 1])
            return;
        sizes[gap] += sizes[gap + 1];
        RemoveAt(gap + 1);
    }

    private void InsertAt(int place, long offset, long size)
    {
        if (gaps == offsets.Length)
        {
            Array.Resize(ref offsets, 2 * gaps);
            Array.Resize(ref sizes, 2 * gaps);
        }
        Array.Copy(offsets, place, offsets, place + 1, gaps - place);
        Array.Copy(sizes, place, sizes, place + 1, gaps - place);
        (offsets[place], sizes[place]) = (offset, size);
        gaps++;
    }

    private void RemoveAt(int place)
    {
        gaps--;
        Array.Copy(offsets, place + 1, offsets, place, gaps - place);
        Array.Copy(sizes, place + 1, sizes, place, gaps - place);
    }

    // A buffer without elements still has a place of its own, so that no two start at one offset.
    private static long Align(long count) => Math.Max(1, (count + Alignment - 1) / Alignment) * Alignment;
}
