using Attune.Format.Specification;
using Google.Protobuf.Collections;
using Axis = Attune.Format.Specification.SliceLayerParams.Types.SliceAxis;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;
using ReduceAxis = Attune.Format.Specification.ReduceLayerParams.Types.ReduceAxis;

namespace Attune.Format.Validation;

/// <summary>Rules on the axis along which a layer works, where the layer says the rank of its input.</summary>
internal static class AxisLayerRules
{
    private const string OwnShapes = "Attune works out the shapes itself, and refuses axes that are not there.";

    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.axis",
                "A layer's axis is one of its input's.",
                "Set the axis to one from minus the rank up to the rank.",
                OneAxis).Tolerated(OwnShapes),
            Kind.SoftmaxND, Kind.ConcatND, Kind.SplitND, Kind.SlidingWindows, Kind.FlattenTo2D, Kind.TopK,
            Kind.ArgMax, Kind.ArgMin, Kind.Stack),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.axes.reduced",
                "The axes that a layer reduces are its input's.",
                "Set the axes to some from minus the rank up to the rank.",
                ReducedAxes).Tolerated(OwnShapes),
            Kind.ReduceL1, Kind.ReduceL2, Kind.ReduceMax, Kind.ReduceMin, Kind.ReduceSum, Kind.ReduceProd,
            Kind.ReduceMean, Kind.ReduceLogSum, Kind.ReduceSumSquare, Kind.ReduceLogSumExp),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.argsort.axis",
                "A layer that sorts counts its axis from the front.",
                "Set the axis to one from 0 up to the rank.",
                SortedAxis).Tolerated(OwnShapes),
            Kind.ArgSort),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.axis.named",
                "The input of a layer that works along channels, height or width has that axis.",
                "Reshape the input before the layer.",
                NamedAxis).Tolerated(OwnShapes),
            Kind.Reduce, Kind.Slice),
        new(
            new("layer.slice.axis", "A slice is along channels, height or width.", "Set axis.", SliceAxis),
            Kind.Slice),
    ];

    private static IEnumerable<Flaw> OneAxis(ValidatedLayer layer)
    {
        if (layer.DeclaredInputRank is not { } rank)
            yield break;
        // A stack makes an axis, so that there is one more place for it.
        int places = layer.Layer.LayerCase == Kind.Stack ? rank + 1 : rank;
        long axis = AxisOf(layer.Layer);
        if (axis < -(long)places || axis >= places)
            yield return new Flaw($"{layer} takes an axis from {-places} to {places - 1}; got {axis}.", "axis");
    }

    private static long AxisOf(NeuralNetworkLayer layer) => layer switch
    {
        { SoftmaxND: { } fields } => fields.Axis,
        { ConcatND: { } fields } => fields.Axis,
        { SplitND: { } fields } => fields.Axis,
        { SlidingWindows: { } fields } => fields.Axis,
        { FlattenTo2D: { } fields } => fields.Axis,
        { TopK: { } fields } => fields.Axis,
        { ArgMax: { } fields } => fields.Axis,
        { ArgMin: { } fields } => fields.Axis,
        _ => layer.Stack.Axis,
    };

    private static IEnumerable<Flaw> ReducedAxes(ValidatedLayer layer) =>
        layer.DeclaredInputRank is not { } rank
            ? []
            : from axis in ReducedBy(layer.Layer)
              where axis < -(long)rank || axis >= rank
              select new Flaw($"{layer} takes axes from {-rank} to {rank - 1}; got {axis}.", "axes");

    private static RepeatedField<long> ReducedBy(NeuralNetworkLayer layer) => layer switch
    {
        { ReduceL1: { } fields } => fields.Axes,
        { ReduceL2: { } fields } => fields.Axes,
        { ReduceMax: { } fields } => fields.Axes,
        { ReduceMin: { } fields } => fields.Axes,
        { ReduceSum: { } fields } => fields.Axes,
        { ReduceProd: { } fields } => fields.Axes,
        { ReduceMean: { } fields } => fields.Axes,
        { ReduceLogSum: { } fields } => fields.Axes,
        { ReduceSumSquare: { } fields } => fields.Axes,
        _ => layer.ReduceLogSumExp.Axes,
    };

    private static IEnumerable<Flaw> SortedAxis(ValidatedLayer layer)
    {
        long axis = layer.Layer.ArgSort.Axis;
        if (axis < 0 || axis >= (layer.DeclaredInputRank ?? int.MaxValue))
            yield return new Flaw($"{layer} takes an axis from 0 up to the rank of its input; got {axis}.", "axis");
    }

    private static IEnumerable<Flaw> NamedAxis(ValidatedLayer layer)
    {
        if (!layer.Scope.IsExact || layer.DeclaredInputRank is not { } rank)
            yield break;
        int needed = layer.Layer switch
        {
            { Reduce.Axis: ReduceAxis.Chw } => 3,
            { Reduce.Axis: ReduceAxis.Hw } => 2,
            { Slice.Axis: Axis.ChannelAxis } => 3,
            { Slice.Axis: Axis.HeightAxis } => 2,
            _ => 1,
        };
        if (rank < needed)
            yield return new Flaw($"{layer} takes an input of rank {needed} or more; got {rank}.", "axis");
    }

    private static IEnumerable<Flaw> SliceAxis(ValidatedLayer layer)
    {
        if (layer.Scope.IsExact && layer.DeclaredInputRank is not null && !Enum.IsDefined(layer.Layer.Slice.Axis))
            yield return new Flaw($"{layer} takes an axis that is known; got {(int)layer.Layer.Slice.Axis}.", "axis");
    }
}
