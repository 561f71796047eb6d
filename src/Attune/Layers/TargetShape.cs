using Attune.Arrays;

namespace Attune.Layers;

/// <summary>A shape as a file asks for it: sizes, 0 for "as before" where a layer has that, and -1 once for "what is
/// left".</summary>
internal static class TargetShape
{
    /// <summary>The shape that has the elements of <paramref name="input"/>; null if the target does not fit
    /// them.</summary>
    /// <param name="input">What is given another shape.</param>
    /// <param name="target">What the file asks for.</param>
    /// <param name="zeroKeeps">Whether 0 stands for the size that the input has at that place.</param>
    public static Shape? Resolve(Shape input, ReadOnlySpan<long> target, bool zeroKeeps)
    {
        var sizes = new int[target.Length];
        int open = -1;
        long known = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            long size = target[axis] == 0 && zeroKeeps && axis < input.Rank ? input[axis] : target[axis];
            if (size == -1 && open < 0)
            {
                open = axis;
                continue;
            }
            if (size is < 0 or > int.MaxValue)
                return null;
            sizes[axis] = (int)size;
            known *= size;
            if (known > int.MaxValue)
                return null;
        }

        if (open >= 0 && (known == 0 || input.Count % known != 0))
            return null;
        if (open >= 0)
            sizes[open] = (int)(input.Count / known);
        return Shape.TryOf(sizes, out Shape? shape) && shape.Count == input.Count ? shape : null;
    }

    public static string Describe(ReadOnlySpan<long> target) => $"[{string.Join('×', target.ToArray())}]";
}
