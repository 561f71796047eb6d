using Attune.Format.Specification;
using Edges = Attune.Format.Specification.BorderAmounts.Types.EdgeSizes;
using Linear = Attune.Format.Specification.UpsampleLayerParams.Types.LinearUpsampleMode;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on layers that cut, pad and scale images.</summary>
internal static class SpatialLayerBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Breach.OfLayer(
            "layer.borders",
            () => Layer(layer => layer.Padding = new() { Constant = new() }),
            layer => layer.Padding.PaddingAmounts = new() { BorderAmounts_ = { new Edges() } },
            rank: 2),
        Breach.OfLayer(
            "layer.crop.offset",
            () => Layer(["x", "size"], ["y"], layer => layer.Crop = new() { Offset = { 0, 0 } }),
            layer => layer.Crop.Offset.Add(0),
            rank: 3),
        Breach.OfLayer(
            "layer.targetsize",
            () => Layer(layer => layer.ResizeBilinear = new() { TargetSize = { 1, 1 } }),
            layer => layer.ResizeBilinear.TargetSize.Add(1),
            rank: 3),
        OfUpsample("layer.upsample.factors", upsample => upsample.ScalingFactor.Add(2)),
        OfUpsample("layer.upsample.mode", upsample => upsample.LinearUpsampleMode = Linear.AlignCornersTrue),
        Breach.OfLayer(
            "layer.reorganize.block",
            () => Layer(layer => layer.ReorganizeData = new() { BlockSize = 2 }),
            layer => layer.ReorganizeData.BlockSize = 1,
            rank: 3),
        OfPadding("layer.constantpad.amounts", padding => padding.PadAmounts.Add(1)),
        OfPadding("layer.constantpad.sides", padding => padding.PadToGivenOutputSizeMode = true),
    ];

    private static Breach OfUpsample(string rule, Action<UpsampleLayerParams> spoil) => Breach.OfLayer(
        rule,
        () => Layer(layer => layer.Upsample = new() { ScalingFactor = { 2, 2 } }),
        layer => spoil(layer.Upsample),
        rank: 3);

    private static Breach OfPadding(string rule, Action<ConstantPaddingLayerParams> spoil) => Breach.OfLayer(
        rule,
        () => Layer(layer => layer.ConstantPad = new() { PadAmounts = { 1, 1 } }),
        layer => spoil(layer.ConstantPad));
}
