using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on convolutions and poolings.</summary>
internal static class WindowLayerBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Breach.OfLayer(
            "layer.padding.missing",
            () => Layer(layer => layer.Padding = new() { Constant = new() }),
            layer => layer.Padding.ClearPaddingType(),
            rank: 2),
        Breach.OfLayer(
            "layer.convolution.dynamic",
            () => Layer(["x", "w"], ["y"], layer => layer.Convolution = new()
            {
                OutputChannels = 1, KernelChannels = 1, KernelSize = { 1, 1 }, Valid = new(),
            }),
            layer => layer.Convolution.IsDeconvolution = true,
            rank: 4),
        OfPooling("layer.size.positive", pooling => pooling.StrideDepth = 0),
        OfPooling("layer.padding.negative", pooling => pooling.CustomPaddingFront = -1),
        OfPooling("layer.padding.unused", pooling => pooling.CustomPaddingFront = 1),
        OfConvolution("layer.convolution.outputshape", convolution => convolution.OutputShape.Add([1, 1, 1])),
        OfConvolution("layer.convolution3d.quantized", convolution => convolution.Weights = QuantizedOne()),
    ];

    private static Breach OfPooling(string rule, Action<Pooling3DLayerParams> spoil) => Breach.OfLayer(
        rule,
        () => Layer(layer => layer.Pooling3D = new()
        {
            PaddingType = Pooling3DLayerParams.Types.Pooling3DPaddingType.Valid,
            KernelDepth = 1, KernelHeight = 1, KernelWidth = 1, StrideDepth = 1, StrideHeight = 1, StrideWidth = 1,
        }),
        layer => spoil(layer.Pooling3D),
        rank: 5);

    private static Breach OfConvolution(string rule, Action<Convolution3DLayerParams> spoil) => Breach.OfLayer(
        rule,
        () => Layer(layer => layer.Convolution3D = new()
        {
            PaddingType = Convolution3DLayerParams.Types.PaddingType.Valid,
            InputChannels = 1, OutputChannels = 1, NGroups = 1, Weights = Floats(1),
            KernelDepth = 1, KernelHeight = 1, KernelWidth = 1, StrideDepth = 1, StrideHeight = 1, StrideWidth = 1,
            DilationDepth = 1, DilationHeight = 1, DilationWidth = 1,
        }),
        layer => spoil(layer.Convolution3D),
        rank: 5);
}
