using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Weights of a layer, and what its sizes ask of them.</summary>
/// <param name="Field">The field of the layer that holds them.</param>
/// <param name="Values">The weights; null if there are none.</param>
/// <param name="Count">How many values there have to be.</param>
/// <param name="Channels">How many scales quantized ones may have, besides one.</param>
/// <param name="MayBeAbsent">Whether the layer may go without.</param>
internal sealed record LayerNumbers(
    string Field, WeightParams? Values, ulong Count, ulong Channels = 1, bool MayBeAbsent = false)
{
    /// <summary>A product that stops at the greatest number there is.</summary>
    public static ulong Product(params ReadOnlySpan<ulong> factors)
    {
        UInt128 product = 1;
        foreach (ulong factor in factors)
            product = UInt128.Min(product * factor, ulong.MaxValue);
        return (ulong)product;
    }

    public static ulong Product(IEnumerable<ulong> factors) => Product([.. factors]);
}
