using Attune.Format.Specification;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on layers that give values a shape, move their axes, split and slice them.</summary>
internal static class ShapeLayerRules
{
    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new(
                "layer.shape.missing",
                "Layers that make values of a shape in the file have one.",
                "Give the shape.",
                ShapeMissing),
            Kind.FillStatic, Kind.ReshapeStatic, Kind.BroadcastToStatic, Kind.RankPreservingReshape,
            Kind.RandomNormalStatic, Kind.RandomUniformStatic, Kind.RandomBernoulliStatic, Kind.LoadConstantND),
        new(
            new(
                "layer.shape.rank",
                "Shapes have as many sizes as the layer's kind takes.",
                "Correct the shape.",
                ShapeRank),
            Kind.Reshape, Kind.Bias, Kind.Scale, Kind.LoadConstant, Kind.LoadConstantND, Kind.Permute),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.reshape.rank",
                "A reshape that keeps the rank says the ranks of its input and output, and they are those of " +
                "its shape.",
                "Set inputTensor and outputTensor, with the rank of the target shape.",
                KeptRank).Tolerated("Attune works out the shapes itself."),
            Kind.RankPreservingReshape),
        new(
            new("layer.slice.stride", "The stride of a slice is 1 or more.", "Set stride to 1 or more.", Stride),
            Kind.Slice),
        new(
            new("layer.slice.ends", "A slice ends after its start.", "Correct startIndex and endIndex.", Ends),
            Kind.Slice),
        new(
            new(
                "layer.slice.fields",
                "A slice with its places in the file has beginIds, endIds, strides, beginMasks and endMasks.",
                "Give one entry per axis in each.",
                SliceFields),
            Kind.SliceStatic),
        new(
            new(
                "layer.split.count",
                "A layer that splits has as many parts as outputs.",
                "Correct numSplits or splitSizes.",
                Splits),
            Kind.SplitND),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.reverse.count",
                "A layer that reverses says of each axis whether it does.",
                "Give one entry per axis.",
                Reverse).Tolerated("Attune works out the shapes itself."),
            Kind.Reverse),
    ];

    private static IEnumerable<Flaw> ShapeMissing(ValidatedLayer layer)
    {
        (string field, int count) = layer.Layer switch
        {
            { FillStatic: { } fields } => ("targetShape", fields.TargetShape.Count),
            { ReshapeStatic: { } fields } => ("targetShape", fields.TargetShape.Count),
            { BroadcastToStatic: { } fields } => ("targetShape", fields.TargetShape.Count),
            { RankPreservingReshape: { } fields } => ("targetShape", fields.TargetShape.Count),
            { RandomNormalStatic: { } fields } => ("outputShape", fields.OutputShape.Count),
            { RandomUniformStatic: { } fields } => ("outputShape", fields.OutputShape.Count),
            { RandomBernoulliStatic: { } fields } => ("outputShape", fields.OutputShape.Count),
            _ => ("shape", layer.Layer.LoadConstantND.Shape.Count),
        };
        if (count == 0)
            yield return new Flaw($"{layer} takes a shape; the file gives none.", field);
    }

    private static IEnumerable<Flaw> ShapeRank(ValidatedLayer layer)
    {
        IEnumerable<(string Field, int Count, int[] Allowed)> shapes = layer.Layer switch
        {
            { Reshape: { } fields } => [("targetShape", fields.TargetShape.Count, [3, 4])],
            { Bias: { } fields } => [("shape", fields.Shape.Count, [1, 3])],
            { Scale: { HasBias: true } fields } =>
                [("shapeScale", fields.ShapeScale.Count, [1, 3]), ("shapeBias", fields.ShapeBias.Count, [1, 3])],
            { Scale: { } fields } => [("shapeScale", fields.ShapeScale.Count, [1, 3])],
            { LoadConstant: { } fields } => [("shape", fields.Shape.Count, [3])],
            // None at all breaks another rule.
            { LoadConstantND: { } fields } => [("shape", fields.Shape.Count, [0, 1, 2, 3, 4, 5])],
            { Permute: { } fields } => [("axis", fields.Axis.Count, [4])],
            _ => [],
        };
        return
            from shape in shapes
            where !shape.Allowed.Contains(shape.Count)
            select new Flaw(
                $"{layer} takes {string.Join(" or ", shape.Allowed.Where(count => count > 0))} numbers as " +
                $"{shape.Field}; " +
                $"got {shape.Count}.",
                shape.Field);
    }

    private static IEnumerable<Flaw> KeptRank(ValidatedLayer layer)
    {
        int shape = layer.Layer.RankPreservingReshape.TargetShape.Count;
        if (layer.DeclaredInputRank is not { } input || layer.DeclaredOutputRank is not { } output)
            yield return new Flaw($"{layer} says the ranks of its input and output; the file does not.");
        else if (input != output || (shape > 0 && input != shape))
            yield return new Flaw(
                $"{layer} keeps its input's rank, {input}; its output has rank {output} and its shape {shape} sizes.",
                "targetShape");
    }

    private static IEnumerable<Flaw> Stride(ValidatedLayer layer)
    {
        if (layer.Layer.Slice.Stride is var stride and (< 1 or > int.MaxValue))
            yield return new Flaw($"{layer} takes a stride of 1 or more; got {stride}.", "stride");
    }

    private static IEnumerable<Flaw> Ends(ValidatedLayer layer)
    {
        (long start, long end) = (layer.Layer.Slice.StartIndex, layer.Layer.Slice.EndIndex);
        if ((end > 0 && end < start) || (end < 0 && start < 0 && start > end))
            yield return new Flaw($"{layer} starts at {start} and takes an end behind it; got {end}.", "endIndex");
    }

    private static IEnumerable<Flaw> SliceFields(ValidatedLayer layer)
    {
        SliceStaticLayerParams fields = layer.Layer.SliceStatic;
        (string Name, int Count)[] lists =
        [
            ("beginIds", fields.BeginIds.Count), ("endIds", fields.EndIds.Count), ("strides", fields.Strides.Count),
            ("beginMasks", fields.BeginMasks.Count), ("endMasks", fields.EndMasks.Count),
        ];
        foreach ((string name, int count) in lists)
            if (count == 0)
                yield return new Flaw($"{layer} takes {name}; the file gives none.", name);
    }

    private static IEnumerable<Flaw> Splits(ValidatedLayer layer)
    {
        SplitNDLayerParams fields = layer.Layer.SplitND;
        ulong parts = fields.SplitSizes.Count > 0 ? (ulong)fields.SplitSizes.Count : fields.NumSplits;
        if (parts != (ulong)layer.Layer.Output.Count)
            yield return new Flaw(
                $"{layer} makes {parts} parts; it has {layer.Layer.Output.Count} outputs.", "numSplits");
    }

    private static IEnumerable<Flaw> Reverse(ValidatedLayer layer)
    {
        int count = layer.Layer.Reverse.ReverseDim.Count;
        if (layer.DeclaredInputRank is { } rank && rank != count)
            yield return new Flaw($"{layer} takes {rank} entries, one per axis; got {count}.", "reverseDim");
    }
}
