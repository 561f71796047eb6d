namespace Attune.Conformance.Comparisons;

/// <summary>Arrays: |a − e| &lt; 1e-5; single numbers: within a relative 1e-5.</summary>
internal sealed class ElementEquality : Comparison
{
    private const double Tolerance = 1e-5;

    protected override string? OfNumbers(TensorValue expected, TensorValue actual) => FirstBad(
        expected,
        actual,
        (e, a) => Math.Abs(a - e) < Tolerance * (expected.Shape.Length == 0 ? Math.Max(Math.Abs(a), Math.Abs(e)) : 1));
}
