namespace Attune.Update;

/// <summary>What was measured on some samples. The default is that of none.</summary>
/// <param name="Count">How many samples.</param>
/// <param name="Sum">The sum of their losses.</param>
/// <param name="Correct">How many have the right label; null if they have no labels.</param>
internal readonly record struct BatchLoss(int Count, double Sum, int? Correct)
{
    public double Mean => Sum / Count;

    /// <summary>The share of right labels; null if there are no labels.</summary>
    public double? Accuracy => Correct / (double)Count;

    /// <summary>The same of these samples and others.</summary>
    public static BatchLoss operator +(BatchLoss left, BatchLoss right) =>
        left.Count == 0
            ? right
            : new BatchLoss(left.Count + right.Count, left.Sum + right.Sum, left.Correct + right.Correct);
}
