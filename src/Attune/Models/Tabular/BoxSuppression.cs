namespace Attune.Models;

/// <summary>Boxes, of which those that overlap a better one are dropped.</summary>
/// <param name="boxes">Four numbers each: centre x, centre y, width, height.</param>
/// <param name="confidences">A row per box, a column per class.</param>
/// <param name="classes">Number of columns.</param>
/// <param name="perClass">Whether only boxes of the same best class drop each other.</param>
internal sealed class BoxSuppression(double[] boxes, double[] confidences, int classes, bool perClass)
{
    /// <summary>The boxes that stay, best first, the earlier of equal ones first.</summary>
    /// <param name="overlapThreshold">A box is dropped if its overlap with a kept one, intersection over union, is
    /// larger.</param>
    /// <param name="confidenceThreshold">Boxes of less confidence are dropped at once.</param>
    public int[] Keep(double overlapThreshold, double confidenceThreshold)
    {
        int count = boxes.Length / 4;
        var best = new int[count];
        var waiting = new List<int>();
        for (int i = 0; i < count; i++)
        {
            best[i] = BestClass(i);
            if (classes > 0 && Confidence(i, best[i]) >= confidenceThreshold)
                waiting.Add(i);
        }
        int[] order = [.. waiting.OrderByDescending(box => Confidence(box, best[box]))];
        var kept = new List<int>();
        var dropped = new bool[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            if (dropped[i])
                continue;
            kept.Add(order[i]);
            for (int j = i + 1; j < order.Length; j++)
                dropped[j] |= (!perClass || best[order[i]] == best[order[j]])
                    && Overlap(order[i], order[j]) > overlapThreshold;
        }
        return [.. kept];
    }

    private double Confidence(int box, int column) => confidences[box * classes + column];

    private int BestClass(int box)
    {
        int best = 0;
        for (int column = 1; column < classes; column++)
            if (Confidence(box, column) > Confidence(box, best))
                best = column;
        return best;
    }

    /// <summary>Intersection over union; 0 where both are empty.</summary>
    private double Overlap(int one, int other)
    {
        ReadOnlySpan<double> a = boxes.AsSpan(one * 4, 4);
        ReadOnlySpan<double> b = boxes.AsSpan(other * 4, 4);
        double shared = Shared(a[0], a[2], b[0], b[2]) * Shared(a[1], a[3], b[1], b[3]);
        double union = a[2] * a[3] + b[2] * b[3] - shared;
        return union > 0 ? shared / union : 0;
    }

    private static double Shared(double center, double size, double otherCenter, double otherSize) => Math.Max(
        0,
        Math.Min(center + size / 2, otherCenter + otherSize / 2)
        - Math.Max(center - size / 2, otherCenter - otherSize / 2));
}
