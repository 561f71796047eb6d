using Attune.Kernels;
using Attune.Lowering;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>
/// Samples scaled to the length 1. Between such vectors the squared Euclidean distance is twice the cosine distance, so
/// that the fast measure serves both.
/// </summary>
internal sealed class UnitSamples
{
    /// <summary>
    /// How far two squared distances of unit vectors may be off together because their numbers are rounded to float32:
    /// each vector is off by 2^-24 of its length 1, a difference by twice that, its square by at most 2·2·2·2^-24; for
    /// two of them, and as much again for good measure, 32·2^-24.
    /// </summary>
    public const double AbsoluteError = 2e-6;

    private readonly int dimensions;
    private readonly float[] values;
    private readonly List<int> zeros = [];

    public UnitSamples(NeighborSamples samples)
    {
        dimensions = samples.Dimensions;
        values = new float[samples.Count * dimensions];
        for (int i = 0; i < samples.Count; i++)
            if (!Scale(samples[i].Span, values.AsSpan(i * dimensions, dimensions)))
                zeros.Add(i);
    }

    /// <summary>
    /// 1 - cos of the angle, from 0 to 2, in double. The angle with a vector of zeros counts as a right one; two such
    /// vectors are equal.
    /// </summary>
    public static double CosineDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double xx = DoubleSums.Dot(x, x);
        double yy = DoubleSums.Dot(y, y);
        if (xx == 0 || yy == 0)
            return xx == yy ? 0 : 1;
        return Math.Clamp(1 - (DoubleSums.Dot(x, y) / Math.Sqrt(xx * yy)), 0, 2);
    }

    /// <summary>Twice the cosine distances, roughly.</summary>
    public void SquaredDistances(Workers workers, ReadOnlySpan<float> point, Span<float> distances)
    {
        var unit = new float[dimensions];
        bool isZero = !Scale(point, unit);
        if (isZero)
            distances.Fill(2);
        else
            RowDistances.Squared(workers, values, unit, distances);
        foreach (int zero in zeros)
            distances[zero] = isZero ? 0 : 2;
    }

    /// <summary>Writes the vector with the length 1; says whether it has a direction.</summary>
    private static bool Scale(ReadOnlySpan<float> vector, Span<float> unit)
    {
        double length = Math.Sqrt(DoubleSums.Dot(vector, vector));
        if (length == 0)
            return false;
        for (int i = 0; i < vector.Length; i++)
            unit[i] = (float)(vector[i] / length);
        return true;
    }
}
