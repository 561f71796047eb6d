using System.Text.Json;

namespace Attune.Conformance.Comparisons;

/// <summary>|e − a| / max(|e|, 1) ≤ delta for every element; or the shape only.</summary>
internal sealed class RelativeError(JsonElement compare) : Comparison
{
    private readonly double delta = compare.GetProperty("delta").GetDouble();

    protected override bool ComparesValues => compare.GetProperty("values").GetBoolean();

    protected override string? OfNumbers(TensorValue expected, TensorValue actual) =>
        FirstBad(expected, actual, (e, a) => Math.Abs(e - a) / Math.Max(Math.Abs(e), 1) <= delta);
}
