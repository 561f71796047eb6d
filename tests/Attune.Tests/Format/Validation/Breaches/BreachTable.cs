namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>A breach of each rule that a model in a file may break, in the order of the catalogue of rules.</summary>
internal static class BreachTable
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        .. ModelBreaches.All,
        .. FeatureBreaches.All,
        .. InterfaceBreaches.All,
        .. PipelineBreaches.All,
        .. NeighbourBreaches.All,
        .. TreeBreaches.All,
        .. LinearBreaches.All,
        .. VectorMachineBreaches.All,
        .. FeatureEngineeringBreaches.All,
        .. SuppressionBreaches.All,
        .. SystemModelBreaches.All,
        .. ExternalModelBreaches.All,
        .. NetworkBreaches.All,
        .. LayerFormBreaches.All,
        .. WindowLayerBreaches.All,
        .. SpatialLayerBreaches.All,
        .. ShapeLayerBreaches.All,
        .. AxisLayerBreaches.All,
        .. ConstantLayerBreaches.All,
        .. ProductLayerBreaches.All,
        .. RecurrentLayerBreaches.All,
        .. ControlLayerBreaches.All,
        .. OtherLayerBreaches.All,
        .. UpdatableBreaches.All,
    ];
}
