using System.Runtime.Intrinsics;

namespace Attune.Kernels;

/// <summary>
/// Sums over float32 vectors in double precision, the same bits on every instruction set: of each eight elements the
/// first four go to one accumulator and the others to a second, lane by lane; then the lanes are added in order, then
/// what is left.
/// </summary>
internal static class DoubleSums
{
    private const int Step = 8;

    /// <summary>Σ (x - y)².</summary>
    public static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Require.Length(y.Length, x.Length);
        Vector256<double> low = default, high = default;
        int i = 0;
        for (; i <= x.Length - Step; i += Step)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.Create(x.Slice(i, Step)));
            (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(Vector256.Create(y.Slice(i, Step)));
            low += (x0 - y0) * (x0 - y0);
            high += (x1 - y1) * (x1 - y1);
        }
        double sum = Add(low, high);
        for (; i < x.Length; i++)
        {
            double difference = (double)x[i] - y[i];
            sum += difference * difference;
        }
        return sum;
    }

    /// <summary>Σ x·y.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Require.Length(y.Length, x.Length);
        Vector256<double> low = default, high = default;
        int i = 0;
        for (; i <= x.Length - Step; i += Step)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.Create(x.Slice(i, Step)));
            (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(Vector256.Create(y.Slice(i, Step)));
            low += x0 * y0;
            high += x1 * y1;
        }
        double sum = Add(low, high);
        for (; i < x.Length; i++)
            sum += (double)x[i] * y[i];
        return sum;
    }

    private static double Add(Vector256<double> low, Vector256<double> high)
    {
        double sum = 0;
        for (int lane = 0; lane < Vector256<double>.Count; lane++)
            sum += low[lane];
        for (int lane = 0; lane < Vector256<double>.Count; lane++)
            sum += high[lane];
        return sum;
    }
}
