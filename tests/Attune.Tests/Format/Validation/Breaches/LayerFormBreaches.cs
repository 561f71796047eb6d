using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on all layers: inputs, outputs, ranks, weights.</summary>
internal static class LayerFormBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Breach.OfLayer("layer.kind", () => Function(), layer => layer.ClearLayer()),
        Breach.OfLayer("layer.inputs", () => Function(), layer => layer.Input.Add("x")),
        Breach.OfLayer("layer.outputs", () => Function(), layer => layer.Output.Add("z")),
        new("layer.rank", Softmax, model => model.Description.Input[0] = TestModels.Array("x", 1, 1)),
        new("layer.rank.kept", Softmax, model => model.Description.Output[0] = TestModels.Array("y", 1, 1, 1, 1)),
        new(
            "layer.rank.alike",
            () => Of(Layer(["a", "b"], ["y"], layer => layer.Dot = new()), rank: 3),
            model => model.Description.Input[1] = TestModels.Array("b", 1, 1, 1, 1)),

        Breach.OfLayer("layer.weights.encodings", Constant, layer =>
            layer.LoadConstantND.Data.Float16Value = HalfOne().Float16Value),
        Breach.OfLayer("layer.weights.missing", Constant, layer => layer.LoadConstantND.Data = null),
        Breach.OfLayer("layer.weights.count", Constant, layer => layer.LoadConstantND.Shape[0] = 2),
        Breach.OfLayer("layer.weights.quantization", QuantizedConstant, layer =>
            layer.LoadConstantND.Data.Quantization.LinearQuantization.Scale.Clear()),
        Breach.OfLayer(
            "layer.weights.precision",
            () => TestModels.Dense("layer", "x", "y", 1, 1, [1], [1]),
            layer => layer.InnerProduct.Bias = HalfOne()),

        Ranked("layer.tensors.count", layer => layer.InputTensor.Add(new Tensor { Rank = 1 })),
        Ranked("layer.tensors.sizes", layer => layer.InputTensor[0].DimValue.Add([1, 1])),
        Ranked("layer.tensors.rank", layer => layer.InputTensor[0].Rank = 2),
    ];

    private static Model Softmax() => Of(Layer(layer => layer.Softmax = new()), rank: 3);

    private static NeuralNetworkLayer Constant() =>
        Layer([], ["y"], layer => layer.LoadConstantND = new() { Shape = { 1 }, Data = Floats(1) });

    private static NeuralNetworkLayer QuantizedConstant() =>
        Layer([], ["y"], layer => layer.LoadConstantND = new() { Shape = { 1 }, Data = QuantizedOne() });

    private static Breach Ranked(string rule, Action<NeuralNetworkLayer> spoil) =>
        Breach.OfLayer(rule, () => Networks.Ranked(Function(), [1], 1), spoil);
}
