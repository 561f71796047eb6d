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

    private static readonly Dictionary<Kind, List<ValidationRule<ValidatedLayer>>> ByKind = FindByKind();

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
        if (ByKind.TryGetValue(layer.Layer.LayerCase, out List<ValidationRule<ValidatedLayer>>? rules))
            report.Check(rules, layer);
    }

    // Loops: this runs before a program's first prediction, and a query over kinds would have to be compiled then.
    private static Dictionary<Kind, List<ValidationRule<ValidatedLayer>>> FindByKind()
    {
        var byKind = new Dictionary<Kind, List<ValidationRule<ValidatedLayer>>>();
        foreach (LayerRule family in Families)
            foreach (Kind kind in family.Kinds)
            {
                if (!byKind.TryGetValue(kind, out List<ValidationRule<ValidatedLayer>>? rules))
                    byKind[kind] = rules = [];
                rules.Add(family.Rule);
            }
        return byKind;
    }
}
