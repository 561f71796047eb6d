using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on nearest-neighbours classifiers.</summary>
internal static class NeighbourBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Of("neighbours.count.positive", neighbours => neighbours.NumberOfNeighbors.DefaultValue = 0),
        Of("neighbours.count.allowed", neighbours => neighbours.NumberOfNeighbors.DefaultValue = 4),
        Of("neighbours.weighting", neighbours => neighbours.ClearWeightingScheme()),
        Of("neighbours.label.default", neighbours => neighbours.DefaultInt64Label = 1),
        Of("neighbours.samples.count", neighbours => neighbours.StringClassLabels.Vector.Add("c")),
        Of("neighbours.samples.size", neighbours => neighbours.NearestNeighborsIndex.FloatSamples[0].Vector.Add(1)),
        Of("neighbours.index", neighbours => neighbours.NearestNeighborsIndex.ClearIndexType()),
        Of("neighbours.distance", neighbours => neighbours.NearestNeighborsIndex.ClearDistanceFunction()),
    ];

    private static Breach Of(string rule, Action<KNearestNeighborsClassifier> spoil) =>
        new(rule, TwoSamples, model => spoil(model.KNearestNeighborsClassifier));

    private static Model TwoSamples() => Models.Of(TestModels.Array("x", 1), Text("label"), model =>
    {
        model.Description.PredictedFeatureName = "label";
        model.KNearestNeighborsClassifier = new()
        {
            NumberOfNeighbors = new() { DefaultValue = 1, Range = new() { MinValue = 1, MaxValue = 3 } },
            UniformWeighting = new(),
            StringClassLabels = Models.Labels(),
            NearestNeighborsIndex = new()
            {
                NumberOfDimensions = 1,
                LinearIndex = new(),
                SquaredEuclideanDistance = new(),
                FloatSamples = { new FloatVector { Vector = { 1 } }, new FloatVector { Vector = { 2 } } },
            },
        };
    });
}
