using Attune.Format.Specification;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on layers that slide windows: convolutions and poolings.</summary>
internal static class WindowLayerRules
{
    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new(
                "layer.padding.missing",
                "Convolution, pooling and padding say how they pad.",
                "Set one of the paddings.",
                Padding),
            Kind.Convolution, Kind.Pooling, Kind.Padding),
        new(
            new(
                "layer.convolution.dynamic",
                "A convolution that takes its weights from an input is no deconvolution, has no dilation, and stands " +
                "in a network whose arrays have any rank.",
                "Store the weights in the layer, or use the exact mapping of arrays.",
                Dynamic),
            Kind.Convolution),
        new(
            new(
                "layer.size.positive",
                "Channels, groups, windows, strides and dilations in three dimensions are positive.",
                "Set the sizes to 1 or more.",
                Positive),
            Kind.Convolution3D, Kind.Pooling3D),
        new(
            new(
                "layer.padding.negative",
                "Paddings are not negative.",
                "Set them to 0 or more.",
                NegativePadding),
            Kind.Convolution3D, Kind.Pooling3D),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.padding.unused",
                "Paddings of one's own are given only where the padding is CUSTOM.",
                "Remove them, or set paddingType to CUSTOM.",
                UnusedPadding).Tolerated("They are not used."),
            Kind.Pooling3D),
        new(
            new(
                "layer.convolution.outputshape",
                "Of convolutions in three dimensions only deconvolutions say how large their output is: in three " +
                "numbers.",
                "Correct or remove outputShape.",
                OutputShape),
            Kind.Convolution3D),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.convolution3d.quantized",
                "Convolutions in three dimensions have no quantized weights.",
                "Store float32 or float16 weights.",
                Quantized).Tolerated("They are decoded like those of any layer."),
            Kind.Convolution3D),
    ];

    private static IEnumerable<Flaw> Padding(ValidatedLayer layer)
    {
        bool isMissing = layer.Layer switch
        {
            { Convolution: { } fields } =>
                fields.ConvolutionPaddingTypeCase == ConvolutionLayerParams.ConvolutionPaddingTypeOneofCase.None,
            { Pooling: { } fields } =>
                fields.PoolingPaddingTypeCase == PoolingLayerParams.PoolingPaddingTypeOneofCase.None,
            { Padding: { } fields } => fields.PaddingTypeCase == PaddingLayerParams.PaddingTypeOneofCase.None,
            _ => false,
        };
        if (isMissing)
            yield return new Flaw($"{layer} takes a padding; the file gives none.");
    }

    private static IEnumerable<Flaw> Dynamic(ValidatedLayer layer)
    {
        ConvolutionLayerParams fields = layer.Layer.Convolution;
        if (layer.Layer.Input.Count != 2)
            yield break;
        if (!layer.Scope.IsExact)
            yield return new Flaw($"{layer} takes one input where arrays have rank 5; got 2.", "input");
        if (fields.IsDeconvolution)
            yield return new Flaw($"{layer} is a deconvolution and takes one input; got 2.", "input");
        if (fields.DilationFactor.Take(2).Any(dilation => dilation > 1))
            yield return new Flaw($"{layer} is dilated and takes one input; got 2.", "input");
    }

    private static IEnumerable<Flaw> Positive(ValidatedLayer layer) =>
        from size in layer.Layer.Convolution3D is { } fields ? Sizes(fields) : Sizes(layer.Layer.Pooling3D)
        where size.Value <= 0
        select new Flaw($"{layer} takes a {size.Name} of 1 or more; got {size.Value}.", size.Name);

    private static IEnumerable<(string Name, int Value)> Sizes(Convolution3DLayerParams fields) =>
    [
        ("inputChannels", fields.InputChannels), ("outputChannels", fields.OutputChannels),
        ("nGroups", fields.NGroups),
        ("kernelDepth", fields.KernelDepth), ("kernelHeight", fields.KernelHeight), ("kernelWidth", fields.KernelWidth),
        ("strideDepth", fields.StrideDepth), ("strideHeight", fields.StrideHeight), ("strideWidth", fields.StrideWidth),
        ("dilationDepth", fields.DilationDepth), ("dilationHeight", fields.DilationHeight),
        ("dilationWidth", fields.DilationWidth),
    ];

    private static IEnumerable<(string Name, int Value)> Sizes(Pooling3DLayerParams fields) =>
    [
        ("kernelDepth", fields.KernelDepth), ("kernelHeight", fields.KernelHeight), ("kernelWidth", fields.KernelWidth),
        ("strideDepth", fields.StrideDepth), ("strideHeight", fields.StrideHeight), ("strideWidth", fields.StrideWidth),
    ];

    private static IEnumerable<Flaw> NegativePadding(ValidatedLayer layer) =>
        from padding in Paddings(layer.Layer)
        where padding.Value < 0
        select new Flaw($"{layer} takes a {padding.Name} of 0 or more; got {padding.Value}.", padding.Name);

    private static IEnumerable<Flaw> UnusedPadding(ValidatedLayer layer) =>
        from padding in Paddings(layer.Layer)
        where padding.Value > 0
            && layer.Layer.Pooling3D.PaddingType != Pooling3DLayerParams.Types.Pooling3DPaddingType.Custom
        select new Flaw(
            $"{layer} pads {layer.Layer.Pooling3D.PaddingType}, and takes no {padding.Name}; got {padding.Value}.",
            padding.Name);

    private static IEnumerable<(string Name, int Value)> Paddings(NeuralNetworkLayer layer)
    {
        int[] values = layer switch
        {
            { Convolution3D: { } fields } =>
            [
                fields.CustomPaddingFront, fields.CustomPaddingBack, fields.CustomPaddingTop,
                fields.CustomPaddingBottom, fields.CustomPaddingLeft, fields.CustomPaddingRight,
            ],
            { Pooling3D: { } fields } =>
            [
                fields.CustomPaddingFront, fields.CustomPaddingBack, fields.CustomPaddingTop,
                fields.CustomPaddingBottom, fields.CustomPaddingLeft, fields.CustomPaddingRight,
            ],
            _ => [0, 0, 0, 0, 0, 0],
        };
        string[] sides = ["Front", "Back", "Top", "Bottom", "Left", "Right"];
        return sides.Zip(values, (side, value) => ($"customPadding{side}", value));
    }

    private static IEnumerable<Flaw> OutputShape(ValidatedLayer layer)
    {
        Convolution3DLayerParams fields = layer.Layer.Convolution3D;
        if (fields.OutputShape.Count > 0 && (!fields.IsDeconvolution || fields.OutputShape.Count != 3))
            yield return new Flaw(
                $"{layer} takes an output shape of {(fields.IsDeconvolution ? "3" : "no")} numbers; got " +
                $"{fields.OutputShape.Count}.",
                "outputShape");
    }

    private static IEnumerable<Flaw> Quantized(ValidatedLayer layer) =>
        from numbers in layer.Numbers
        where layer.FormOf(numbers.Values) == NumberForm.Quantized
        select new Flaw(
            $"{layer}, {numbers.Field} takes float32 or float16 values; got quantized ones.", numbers.Field);
}
