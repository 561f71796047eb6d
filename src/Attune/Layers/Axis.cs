namespace Attune.Layers;

/// <summary>Axes as a file names them: from 0, or from -1 for the innermost.</summary>
internal static class Axis
{
    /// <summary>The axis counted from 0; -1 if there is no such axis.</summary>
    public static int Resolve(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank ? (int)counted : -1;
    }

    /// <summary>Which of <paramref name="rank"/> axes a list names; null if one does not exist or is named
    /// twice.</summary>
    public static bool[]? Marked(ReadOnlySpan<long> axes, int rank)
    {
        var marked = new bool[rank];
        foreach (long axis in axes)
        {
            int counted = Resolve(axis, rank);
            if (counted < 0 || marked[counted])
                return null;
            marked[counted] = true;
        }
        return marked;
    }

    /// <summary>Whether each of the axes 0 to n-1 is there once.</summary>
    public static bool IsPermutation(ReadOnlySpan<int> axes)
    {
        Span<bool> seen = axes.Length <= 64 ? stackalloc bool[axes.Length] : new bool[axes.Length];
        foreach (int axis in axes)
        {
            if (axis < 0 || axis >= axes.Length || seen[axis])
                return false;
            seen[axis] = true;
        }
        return true;
    }
}
