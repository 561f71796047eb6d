using System.Numerics;

namespace Attune.Kernels;

/// <summary>erf x = 2/√π · ∫ e^(−t²) dt from 0 to x, to the precision of the type.</summary>
internal static class ErrorFunction
{
    // Beyond it erf differs from 1 by less than 1e-16.
    private const double Flat = 6;

    public static void Evaluate<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = T.CreateTruncating(Of(double.CreateTruncating(x[i])));
    }

    /// <summary>2/√π · e^(−x²)</summary>
    public static T Slope<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(2 / Math.Sqrt(Math.PI)) * T.Exp(-x * x);

    /// <summary>The series 2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5·…·(2n+1)), whose terms are all of one sign.</summary>
    public static double Of(double x)
    {
        if (double.IsNaN(x) || x == 0)
            return x;
        if (Math.Abs(x) >= Flat)
            return Math.Sign(x);
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return Slope(x) * sum;
    }
}
