using Attune.Format.Specification;
using Interpolation = Attune.Format.Specification.UpsampleLayerParams.Types.InterpolationMode;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;
using Linear = Attune.Format.Specification.UpsampleLayerParams.Types.LinearUpsampleMode;

namespace Attune.Format.Validation;

/// <summary>Rules on layers that cut, pad and scale images.</summary>
internal static class SpatialLayerRules
{
    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new(
                "layer.borders",
                "Padding and crop speak of two axes, height and width; padding may speak of none.",
                "Give two border amounts.",
                Borders),
            Kind.Padding, Kind.Crop),
        new(
            new("layer.crop.offset", "A crop to the size of its second input has two offsets.", "Give two.", Offset),
            Kind.Crop),
        new(
            new("layer.targetsize", "A size to scale to has two numbers, or none.", "Give height and width.", Target),
            Kind.ResizeBilinear, Kind.CropResize),
        new(
            new(
                "layer.upsample.factors",
                "Upsampling has two factors, whole or fractional, or none.",
                "Give two factors of one kind.",
                Factors),
            Kind.Upsample),
        new(
            new(
                "layer.upsample.mode",
                "Fractional factors, and modes of linear upsampling, are for BILINEAR; fractional factors take " +
                "such a " +
                "mode.",
                "Set mode to BILINEAR, and linearUpsampleMode to one that is not DEFAULT.",
                Mode),
            Kind.Upsample),
        new(
            new("layer.reorganize.block", "Blocks are 2 wide or more.", "Set blockSize to 2 or more.", Block),
            Kind.ReorganizeData),
        new(
            new(
                "layer.constantpad.amounts",
                "Amounts of padding come in pairs, and without a second input there are some.",
                "Give two amounts per axis.",
                Amounts),
            Kind.ConstantPad),
        new(
            new(
                "layer.constantpad.sides",
                "A padding to a given size is on one side of each axis.",
                "Leave one amount of each pair 0.",
                Sides),
            Kind.ConstantPad),
    ];

    private static IEnumerable<Flaw> Borders(ValidatedLayer layer)
    {
        if (layer.Layer.Padding is { } padding && (padding.PaddingAmounts?.BorderAmounts_.Count ?? 0) is not (0 or 2))
            yield return new Flaw(
                $"{layer} takes 2 border amounts or none; got {padding.PaddingAmounts!.BorderAmounts_.Count}.",
                "paddingAmounts");
        if (layer.Layer is { Crop: { } crop, Input.Count: 1 } && (crop.CropAmounts?.BorderAmounts_.Count ?? 0) != 2)
            yield return new Flaw(
                $"{layer} takes 2 border amounts; got {crop.CropAmounts?.BorderAmounts_.Count ?? 0}.", "cropAmounts");
    }

    private static IEnumerable<Flaw> Offset(ValidatedLayer layer)
    {
        if (layer.Layer.Input.Count == 2 && layer.Layer.Crop.Offset.Count != 2)
            yield return new Flaw($"{layer} takes 2 offsets; got {layer.Layer.Crop.Offset.Count}.", "offset");
    }

    private static IEnumerable<Flaw> Target(ValidatedLayer layer)
    {
        int count = (layer.Layer.ResizeBilinear?.TargetSize ?? layer.Layer.CropResize.TargetSize).Count;
        if (count is not (0 or 2))
            yield return new Flaw($"{layer} takes a target size of 2 numbers; got {count}.", "targetSize");
    }

    private static IEnumerable<Flaw> Factors(ValidatedLayer layer)
    {
        (int whole, int fractional) =
            (layer.Layer.Upsample.ScalingFactor.Count, layer.Layer.Upsample.FractionalScalingFactor.Count);
        if ((whole, fractional) is not ((0, 0) or (2, 0) or (0, 2)))
            yield return new Flaw(
                $"{layer} takes 2 factors of one kind; got {whole} whole and {fractional} fractional ones.",
                "scalingFactor");
    }

    private static IEnumerable<Flaw> Mode(ValidatedLayer layer)
    {
        UpsampleLayerParams fields = layer.Layer.Upsample;
        if (fields.FractionalScalingFactor.Count == 2
            && (fields.Mode == Interpolation.Nn || fields.LinearUpsampleMode == Linear.Default))
            yield return new Flaw($"{layer} has fractional factors; they take aligned linear upsampling.", "mode");
        else if (fields.LinearUpsampleMode != Linear.Default && fields.Mode == Interpolation.Nn)
            yield return new Flaw(
                $"{layer} takes the nearest neighbours, and has a mode of linear upsampling.", "mode");
    }

    private static IEnumerable<Flaw> Block(ValidatedLayer layer)
    {
        if (layer.Layer.ReorganizeData.BlockSize is var size and (< 2 or > int.MaxValue))
            yield return new Flaw($"{layer} takes blocks of 2 or more; got {size}.", "blockSize");
    }

    private static IEnumerable<Flaw> Amounts(ValidatedLayer layer)
    {
        int count = layer.Layer.ConstantPad.PadAmounts.Count;
        if (layer.Layer.Input.Count == 1 && (count == 0 || count % 2 != 0))
            yield return new Flaw($"{layer} takes two amounts for each axis; got {count}.", "padAmounts");
    }

    private static IEnumerable<Flaw> Sides(ValidatedLayer layer)
    {
        ConstantPaddingLayerParams fields = layer.Layer.ConstantPad;
        if (layer.Layer.Input.Count != 1 || !fields.PadToGivenOutputSizeMode)
            yield break;
        for (int i = 0; i + 1 < fields.PadAmounts.Count; i += 2)
            if (fields.PadAmounts[i] > 0 && fields.PadAmounts[i + 1] > 0)
                yield return new Flaw(
                    $"{layer} pads to a given size, and takes one amount for axis {i / 2}; got " +
                    $"{fields.PadAmounts[i]} and {fields.PadAmounts[i + 1]}.",
                    "padAmounts");
    }
}
