using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Features;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on a network as a whole, and on the order of its layers.</summary>
internal static class NetworkBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new(
            "network.mapping.arrays",
            OneFunction,
            model => model.NeuralNetwork.ArrayInputShapeMapping =
                NeuralNetworkMultiArrayShapeMapping.Rank5ArrayMapping),
        new("network.outputs.none", OneFunction, model => model.Description.Output.Clear()),
        new("network.layers.none", OneFunction, model => model.NeuralNetwork.Layers.Clear()),
        new("network.inputs.optional", OneFunction, model => model.Description.Input[0].Type.IsOptional = true),
        new("network.inputs.type", OneFunction, model => model.Description.Input[0] = Number("x")),
        new("network.outputs.type", OneFunction, model => model.Description.Output[0] = Number("y")),
        new(
            "network.inputs.rank",
            OneFunction,
            model => model.Description.Input[0].Type.MultiArrayType.Shape.Clear()),
        new("network.outputs.made", OneFunction, model => model.Description.Output[0].Name = "z"),
        new(
            "network.probabilities.made",
            () => TestModels.SmallClassifier(),
            model => model.NeuralNetworkClassifier.LabelProbabilityLayerName = "z"),
        new("layer.input.unknown", OneFunction, model => model.NeuralNetwork.Layers[0].Input[0] = "z"),
        new("layer.output.taken", OneFunction, model => model.NeuralNetwork.Layers[0].Output[0] = "x"),
    ];
}
