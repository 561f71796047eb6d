using Attune.Kernels;

namespace Attune.Models;

/// <summary>Functions that make probabilities of numbers.</summary>
internal static class LinkFunctions
{
    /// <summary>1 / (1 + e^−x), without overflow on either side.</summary>
    public static double Logistic(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /// <summary>Φ(x): how likely a number from the standard normal distribution is below x; to 1e-16.</summary>
    public static double Probit(double x) => (1 + ErrorFunction.Of(x / Math.Sqrt(2))) / 2;

    /// <summary>e^xᵢ / Σ e^x, in place.</summary>
    public static void Softmax(Span<double> x)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in x)
            largest = Math.Max(largest, value);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = Math.Exp(x[i] - largest);
            sum += x[i];
        }
        for (int i = 0; i < x.Length; i++)
            x[i] /= sum;
    }

    /// <summary>Shares of the whole, in place; equal ones where all are 0.</summary>
    public static void Normalize(Span<double> x)
    {
        double sum = 0;
        foreach (double value in x)
            sum += value;
        for (int i = 0; i < x.Length; i++)
            x[i] = sum == 0 ? 1.0 / x.Length : x[i] / sum;
    }
}
