using Attune.Format.Specification;
using Google.Protobuf.Collections;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on layers that add axes, remove or reorder them.</summary>
internal static class AxesLayerRules
{
    private const string OwnShapes = "Attune works out the shapes itself, and refuses axes that are not there.";

    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new("layer.axes.missing", "Layers that add, remove or reorder axes name some.", "Give the axes.", Missing),
            Kind.Transpose, Kind.ExpandDims, Kind.Squeeze),
        new(
            new("layer.axes.repeated", "No axis is named twice.", "Name each axis once.", Repeated),
            Kind.ExpandDims, Kind.Squeeze),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.axes.rank",
                "Added and removed axes make up the difference of the ranks, and are there.",
                "Correct the axes, or the ranks in inputTensor and outputTensor.",
                Rank).Tolerated(OwnShapes),
            Kind.ExpandDims, Kind.Squeeze),
    ];

    private static IEnumerable<Flaw> Missing(ValidatedLayer layer)
    {
        int count = layer.Layer.Transpose?.Axes.Count ?? Axes(layer.Layer)?.Count ?? 1;
        if (count == 0)
            yield return new Flaw($"{layer} takes axes; the file gives none.", "axes");
    }

    private static IEnumerable<Flaw> Repeated(ValidatedLayer layer)
    {
        if (Axes(layer.Layer) is { } axes && axes.Distinct().Count() != axes.Count)
            yield return new Flaw($"{layer} takes each axis once; got {string.Join(", ", axes)}.", "axes");
    }

    private static IEnumerable<Flaw> Rank(ValidatedLayer layer)
    {
        if (Axes(layer.Layer) is not { Count: > 0 } axes
            || layer.DeclaredInputRank is not { } input
            || layer.DeclaredOutputRank is not { } output)
            yield break;
        bool adds = layer.Layer.ExpandDims is not null;
        (int smaller, int greater) = adds ? (input, output) : (output, input);
        // An array of one element stays one of rank 1 when its axis is removed.
        if ((long)smaller + axes.Count != greater && (adds || input != 1))
            yield return new Flaw(
                $"{layer} has {axes.Count} axes; its input has rank {input} and its output rank {output}.", "axes");
        long[] places = [.. axes.Select(axis => axis < 0 ? axis + greater : axis)];
        if (places.Any(place => place < 0 || place >= greater) || places.Distinct().Count() != places.Length)
            yield return new Flaw(
                $"{layer} takes different axes from {-greater} to {greater - 1}; got {string.Join(", ", axes)}.",
                "axes");
    }

    // Null where a layer removes every axis that it can.
    private static RepeatedField<long>? Axes(NeuralNetworkLayer layer) => layer switch
    {
        { ExpandDims: { } fields } => fields.Axes,
        { Squeeze: { SqueezeAll: false } fields } => fields.Axes,
        _ => null,
    };
}
