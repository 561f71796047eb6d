using Attune.Arrays;

namespace Attune.Layers;

/// <summary>The rule by which shapes of different sizes are combined.</summary>
internal static class CommonShape
{
    /// <summary>The common shape: axes matched from the innermost, each as large as the larger one, the other being
    /// equal or 1. Null if there is none.</summary>
    public static Shape? Of(Shape a, Shape b)
    {
        if (a.Equals(b))
            return a;

        var common = new int[Math.Max(a.Rank, b.Rank)];
        for (int axis = 1; axis <= common.Length; axis++)
        {
            int ofA = axis <= a.Rank ? a[-axis] : 1;
            int ofB = axis <= b.Rank ? b[-axis] : 1;
            if (ofA != ofB && ofA != 1 && ofB != 1)
                return null;
            common[^axis] = ofA == 1 ? ofB : ofA;
        }
        return Shape.TryOf(common, out Shape? shape) ? shape : null;
    }
}
