using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on the numbers of layers that make or bound values.</summary>
internal static class ConstantLayerBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Breach.OfLayer(
            "layer.bounds",
            () => Layer(layer => layer.Clip = new() { MinVal = 0, MaxVal = 1 }),
            layer => layer.Clip.MinVal = 2),
        Breach.OfLayer(
            "layer.probability",
            () => Layer(layer => layer.RandomBernoulliLike = new() { Prob = 0.5f }),
            layer => layer.RandomBernoulliLike.Prob = 2),
        Breach.OfLayer(
            "layer.range.rank",
            () => Ranked(Layer([], ["y"], layer => layer.RangeStatic = new() { EndValue = 1 }), [], 1),
            layer => layer.OutputTensor[0].Rank = 2),
        Breach.OfLayer(
            "layer.lrn.k",
            () => Layer(layer => layer.Lrn = new() { K = 1 }),
            layer => layer.Lrn.K = -1,
            rank: 3),
    ];
}
