using System.Collections.Frozen;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>All rules on layers: those alike for all kinds, and those on the parameters of each.</summary>
internal static class LayerRules
{
    private static readonly IReadOnlyList<LayerRule> Families =
    [
        .. WindowLayerRules.All,
        .. SpatialLayerRules.All,
        .. ShapeLayerRules.All,
        .. AxisLayerRules.All,
        .. AxesLayerRules.All,
        .. ConstantLayerRules.All,
        .. ProductLayerRules.All,
        .. RecurrentLayerRules.All,
        .. ControlLayerRules.All,
        .. OtherLayerRules.All,
    ];

    private static readonly FrozenDictionary<Kind, ValidationRule<ValidatedLayer>[]> ByKind = Families
        .SelectMany(family => family.Kinds.Select(kind => (Kind: kind, family.Rule)))
        .GroupBy(entry => entry.Kind, entry => entry.Rule)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    public static IReadOnlyList<ValidationRule<ValidatedLayer>> All { get; } =
    [
        .. LayerFormRules.First,
        .. LayerFormRules.Ranks,
        .. LayerNumberRules.All,
        .. Families.Select(family => family.Rule),
    ];

    /// <summary>Checks a layer but not the networks inside it.</summary>
    public static void Check(ValidatedLayer layer, ValidationReport report)
    {
        int before = report.Findings.Count;
        report.Check(LayerFormRules.First, layer);
        // The other rules look at inputs and outputs that have to be there.
        if (report.Findings.Count > before || layer.Layer.LayerCase == Kind.None)
            return;
        report.Check(LayerFormRules.Ranks, layer);
        report.Check(LayerNumberRules.All, layer);
        if (ByKind.TryGetValue(layer.Layer.LayerCase, out ValidationRule<ValidatedLayer>[]? rules))
            report.Check(rules, layer);
    }
}
