using System.Text.Json;

namespace Attune.Conformance.Comparisons;

/// <summary>Random outputs: the first central moments, to so many decimals (numpy: less than 1.5·10⁻ⁿ apart).</summary>
internal sealed class Moments(JsonElement compare) : Comparison
{
    protected override string? OfNumbers(TensorValue expected, TensorValue actual)
    {
        double tolerance = 1.5 * Math.Pow(10, -compare.GetProperty("decimal").GetInt32());
        for (int k = 0; k < compare.GetProperty("num_moments").GetInt32(); k++)
        {
            (double e, double a) = (Moment(expected.Numbers, k), Moment(actual.Numbers, k));
            if (!(Math.Abs(e - a) < tolerance))
                return $"moment {k}: expected {e:G5}, got {a:G5}";
        }
        return null;
    }

    private static double Moment(double[] numbers, int k)
    {
        double mean = numbers.DefaultIfEmpty().Average();
        return numbers.DefaultIfEmpty().Average(x => Math.Pow(x - mean, k));
    }
}
