using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on layers that give values a shape, split and slice them.</summary>
internal static class ShapeLayerBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Breach.OfLayer(
            "layer.shape.missing",
            () => Layer([], ["y"], layer => layer.FillStatic = new() { TargetShape = { 1 } }),
            layer => layer.FillStatic.TargetShape.Clear()),
        Breach.OfLayer(
            "layer.shape.rank",
            () => Layer(layer => layer.Permute = new() { Axis = { 0, 1, 2, 3 } }),
            layer => layer.Permute.Axis.RemoveAt(3),
            rank: 5),
        Breach.OfLayer(
            "layer.reshape.rank",
            () => Ranked(Layer(layer => layer.RankPreservingReshape = new() { TargetShape = { 1 } }), [1], 1),
            layer => layer.RankPreservingReshape.TargetShape.Add(1)),
        OfSlice("layer.slice.stride", slice => slice.Stride = 0),
        OfSlice("layer.slice.ends", slice => slice.StartIndex = 2),
        Breach.OfLayer(
            "layer.slice.fields",
            () => Layer(layer => layer.SliceStatic = new()
            {
                BeginIds = { 0 }, EndIds = { 1 }, Strides = { 1 }, BeginMasks = { false }, EndMasks = { false },
            }),
            layer => layer.SliceStatic.Strides.Clear()),
        Breach.OfLayer(
            "layer.split.count",
            () => Layer(["x"], ["y", "z"], layer => layer.SplitND = new() { NumSplits = 2 }),
            layer => layer.SplitND.NumSplits = 3),
        Breach.OfLayer(
            "layer.reverse.count",
            () => Ranked(Layer(layer => layer.Reverse = new() { ReverseDim = { true } }), [1]),
            layer => layer.Reverse.ReverseDim.Add(true)),
    ];

    private static Breach OfSlice(string rule, Action<SliceLayerParams> spoil) => Breach.OfLayer(
        rule, () => Layer(layer => layer.Slice = new() { EndIndex = 1, Stride = 1 }), layer => spoil(layer.Slice));
}
