using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// What a scratch buffer is for. A kernel may call another while it holds buffers of its own purposes.
/// </summary>
internal enum ScratchUse
{
    PackedA,
    PackedB,
    Columns,
    Product,
    Offsets,
    Planes,
    SharedPlanes,
    Filters,
    Gradient,
    Row,

    /// <summary>How many purposes there are.</summary>
    Count,
}

/// <summary>
/// Buffers that kernels need while they run, one per thread and purpose, kept for the next call so that nothing is
/// allocated once sizes have been seen. They grow to the largest request and die with their thread.
/// </summary>
internal static unsafe class Scratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static float[]?[]? buffers;

    /// <summary>
    /// At least <paramref name="count"/> floats of unknown content, aligned to a cache line. Pinned for good, so the
    /// pointer stays true while this thread lives and until the next request for the same purpose.
    /// </summary>
    /// <exception cref="InsufficientMemoryException">No array holds as many.</exception>
    public static float* Rent(ScratchUse use, long count)
    {
        float[]?[] mine = buffers ??= new float[]?[(int)ScratchUse.Count];
        float[]? buffer = mine[(int)use];
        const int Slack = Alignment / sizeof(float);
        if (buffer is null || buffer.LongLength < count + Slack)
            mine[(int)use] = buffer = Allocate(count + Slack);
        nuint address = (nuint)Unsafe.AsPointer(ref buffer[0]);
        return (float*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    /// <summary>A quarter more than asked for, so that slowly growing requests do not allocate each time.</summary>
    private static float[] Allocate(long count)
    {
        if (count > Array.MaxLength)
            throw new InsufficientMemoryException(
                $"A kernel needs {count} numbers of memory to work in; an array holds {Array.MaxLength}.");
        return GC.AllocateUninitializedArray<float>((int)Math.Min(count + count / 4, Array.MaxLength), pinned: true);
    }
}
