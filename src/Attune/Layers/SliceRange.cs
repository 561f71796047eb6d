namespace Attune.Layers;

/// <summary>Elements of an axis: from a first one, in steps.</summary>
/// <param name="First">The first one; 0 if there is none.</param>
/// <param name="Step">Not 0.</param>
/// <param name="Count">How many.</param>
internal readonly record struct SliceRange(int First, int Step, int Count)
{
    /// <summary>
    /// Begin and end as a file or NumPy gives them: negative ones are counted from behind the last element, those
    /// beyond the axis mean its end, null is the end that the step starts from or goes to. The element at the end does
    /// not belong to the range.
    /// </summary>
    public static SliceRange Of(long? begin, long? end, int step, int size)
    {
        // The places before the first and behind the last element that the step can reach.
        (int least, int most) = step > 0 ? (0, size) : (-1, size - 1);
        int first = Bounded(begin, step > 0 ? 0 : size - 1);
        int last = Bounded(end, step > 0 ? size : -1);
        int count = step > 0 ? Rounded((long)last - first, step) : Rounded((long)first - last, -(long)step);
        return new SliceRange(count == 0 ? 0 : first, step, count);

        int Bounded(long? place, int otherwise) =>
            place is { } given ? (int)Math.Clamp(given < 0 ? given + size : given, least, most) : otherwise;
    }

    private static int Rounded(long length, long step) => length <= 0 ? 0 : (int)((length + step - 1) / step);
}
