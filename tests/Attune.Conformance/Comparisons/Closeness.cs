using System.Text.Json;

namespace Attune.Conformance.Comparisons;

/// <summary>
/// |a − e| ≤ atol + rtol·|e|, but for the allowed share of elements. What the case leaves out is numpy's default for
/// the assertion that its test made.
/// </summary>
internal sealed class Closeness : Comparison
{
    private readonly double absolute;
    private readonly double relative;
    private readonly double mayDiffer;

    public Closeness(JsonElement compare)
    {
        string assertion =
            compare.TryGetProperty("assert", out JsonElement name) ? name.GetString()! : "assert_allclose";
        (double rtol, double atol) = assertion switch
        {
            "allclose" => (1e-5, 1e-8),
            "assert_almost_equal" => (0, 1.5 * Math.Pow(10, -Number(compare, "decimal", 7))),
            "assert_equal" or "assert_array_equal" => (0, 0),
            _ => (1e-7, 0),
        };
        relative = Number(compare, "rtol", rtol);
        absolute = Number(compare, "atol", atol);
        mayDiffer = Number(compare, "allow_mismatch_ratio", 0);
    }

    protected override string? OfNumbers(TensorValue expected, TensorValue actual)
    {
        bool IsFine(double e, double a) => Math.Abs(a - e) <= absolute + relative * Math.Abs(e);
        if (mayDiffer == 0)
            return FirstBad(expected, actual, IsFine);

        int bad = expected.Numbers.Zip(actual.Numbers).Count(
            pair => !Same(pair.First, pair.Second) && !IsFine(pair.First, pair.Second));
        return bad <= mayDiffer * expected.Numbers.Length
            ? null
            : $"{bad} of {expected.Numbers.Length} elements differ; {FirstBad(expected, actual, IsFine)}";
    }

    private static double Number(JsonElement compare, string name, double otherwise) =>
        compare.TryGetProperty(name, out JsonElement number) && number.ValueKind == JsonValueKind.Number
            ? number.GetDouble()
            : otherwise;
}
