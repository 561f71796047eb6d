using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on activations, custom layers, layer normalisation and scattering.</summary>
internal static class OtherLayerBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Breach.OfLayer(
            "layer.activation.function",
            () => Layer(layer => layer.Activation = new() { ReLU = new() }),
            layer => layer.Activation.ClearNonlinearityType()),
        Breach.OfLayer(
            "layer.activation.encodings",
            () => Layer(layer => layer.Activation = new()
            {
                ParametricSoftplus = new() { Alpha = Floats(1), Beta = Floats(1) },
            }),
            layer => layer.Activation.ParametricSoftplus.Beta = HalfOne(),
            rank: 3),
        Breach.OfLayer(
            "layer.custom.class",
            () => Layer(layer => layer.Custom = new() { ClassName = "Sum" }),
            layer => layer.Custom.ClassName = ""),
        Breach.OfLayer(
            "layer.custom.weights",
            () => Layer(layer => layer.Custom = new() { ClassName = "Sum", Weights = { Floats(1) } }),
            layer => layer.Custom.Weights[0].Float16Value = HalfOne().Float16Value),
        Breach.OfLayer(
            "layer.normalization.fields",
            () => Layer(layer => layer.LayerNormalization =
                new() { NormalizedShape = { 1 }, Gamma = Floats(1), Beta = Floats(1) }),
            layer => layer.LayerNormalization.Beta = Floats(1, 2)),
        Breach.OfLayer(
            "layer.scatter.rank",
            () => Ranked(Layer(["x", "places", "values"], ["y"], layer => layer.Scatter = new()), [1, 1, 1], 1),
            layer => layer.OutputTensor[0].Rank = 2),
    ];
}
