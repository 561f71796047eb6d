namespace Attune.Conformance.Comparisons;

/// <summary>Equal labels or values.</summary>
internal sealed class Equality : Comparison
{
    protected override string? OfNumbers(TensorValue expected, TensorValue actual) =>
        FirstBad(expected, actual, (_, _) => false);
}
