namespace Attune.Format.Validation;

/// <summary>All rules, in the order in which a model is read: the file, the model, its features, its type.</summary>
internal static class RuleCatalogue
{
    public static IReadOnlyList<ValidationRule> All { get; } =
    [
        .. FileRules.All,
        .. ModelRules.All,
        .. TypeRules.OtherType,
        .. FeatureRules.All,
        .. InterfaceRules.All,
        .. TypeRules.All,
        .. NetworkRules.Interface,
        .. LayerRules.All,
        .. LayerTensorRules.All,
        .. LayerOrderRules.All,
        .. LoopRules.All,
        .. NetworkRules.Results,
        .. UpdatableNetworkRules.All,
    ];
}
