using System.Text.Json;

namespace Attune.Conformance.Comparisons;

/// <summary>|a − e| ≤ max_error for every element or key.</summary>
internal sealed class AbsoluteError(JsonElement compare) : Comparison
{
    private readonly double most = compare.GetProperty("max_error").GetDouble();

    protected override string? OfNumbers(TensorValue expected, TensorValue actual) =>
        FirstBad(expected, actual, (e, a) => Math.Abs(e - a) <= most);
}
