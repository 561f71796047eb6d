using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on the axes that layers work along, add, remove and reorder.</summary>
internal static class AxisLayerBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Breach.OfLayer(
            "layer.axis",
            () => Ranked(Layer(layer => layer.SoftmaxND = new()), [1]),
            layer => layer.SoftmaxND.Axis = 1),
        Breach.OfLayer(
            "layer.axes.reduced",
            () => Ranked(Layer(layer => layer.ReduceSum = new() { Axes = { 0 } }), [1]),
            layer => layer.ReduceSum.Axes.Add(1)),
        Breach.OfLayer(
            "layer.argsort.axis",
            () => Layer(layer => layer.ArgSort = new()),
            layer => layer.ArgSort.Axis = -1),
        Breach.OfLayer(
            "layer.axis.named",
            () => Ranked(Layer(layer => layer.Reduce = new()), [3]),
            layer => layer.InputTensor[0].Rank = 2,
            rank: 3),
        Breach.OfLayer(
            "layer.slice.axis",
            () => Ranked(Layer(layer => layer.Slice = new() { EndIndex = 1, Stride = 1 }), [3]),
            layer => layer.Slice.Axis = (SliceLayerParams.Types.SliceAxis)3,
            rank: 3),
        Breach.OfLayer(
            "layer.axes.missing",
            () => Layer(layer => layer.Transpose = new() { Axes = { 0 } }),
            layer => layer.Transpose.Axes.Clear()),
        Breach.OfLayer(
            "layer.axes.repeated",
            () => Layer(layer => layer.Squeeze = new() { Axes = { 0 } }),
            layer => layer.Squeeze.Axes.Add(0)),
        Breach.OfLayer(
            "layer.axes.rank",
            () => Ranked(Layer(layer => layer.ExpandDims = new() { Axes = { 0 } }), [1], 2),
            layer => layer.OutputTensor[0].Rank = 3),
    ];
}
