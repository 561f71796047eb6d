using System.Runtime.CompilerServices;

namespace Attune.Runtime;

/// <summary>
/// Arrays that begin at a cache line. A vector that straddles two lines costs two accesses, and the runtime's own
/// arrays begin sixteen bytes into one at best: every widest vector of theirs straddles.
/// </summary>
internal static class AlignedMemory
{
    private const int Line = 64;

    /// <summary>Zeroed, and pinned for as long as it lives, since moving it would undo the alignment.</summary>
    public static unsafe Memory<T> Allocate<T>(int count) where T : unmanaged
    {
        int slack = Line / sizeof(T);
        if (count == 0 || count > Array.MaxLength - slack)
            return new T[count];
        T[] array = GC.AllocateArray<T>(count + slack, pinned: true);
        // Only the number of the address is used.
        var past = (int)((nuint)Unsafe.AsPointer(ref array[0]) % Line) / sizeof(T);
        return array.AsMemory((slack - past) % slack, count);
    }

    /// <summary>A copy of some numbers.</summary>
    public static Memory<T> Copy<T>(ReadOnlySpan<T> numbers) where T : unmanaged
    {
        Memory<T> copy = Allocate<T>(numbers.Length);
        numbers.CopyTo(copy.Span);
        return copy;
    }
}
