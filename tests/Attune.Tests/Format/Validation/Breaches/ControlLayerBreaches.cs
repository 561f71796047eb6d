using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on branches, loops and copies: a function makes y before them.</summary>
internal static class ControlLayerBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Of("layer.condition.size", Branch, layer => layer.InputTensor[0].DimValue[0] = 2),
        Of("layer.branch.empty", Branch, layer => layer.Branch.IfBranch.Layers.Clear()),
        Of("layer.loop.empty", Loop, layer => layer.Loop.BodyNetwork.Layers.Clear()),
        Of("layer.loop.condition", Loop, layer => layer.Loop.ConditionVar = "c"),
        Of("layer.loop.result", LoopWhile, layer => layer.Loop.ConditionVar = "d"),
        Of("layer.loop.endless", Loop, layer => layer.Loop.MaxLoopIterations = 0),
        new(
            "layer.loop.outside",
            OneFunction,
            model => model.NeuralNetwork.Layers.Add(Layer([], [], layer => layer.LoopBreak = new()))),
        Of("layer.copy.itself", () => TestModels.Layer("copy", "x", "z", layer => layer.Copy = new()), layer =>
            layer.Output[0] = "x"),
    ];

    private static Breach Of(string rule, Func<NeuralNetworkLayer> make, Action<NeuralNetworkLayer> spoil) => new(
        rule,
        () =>
        {
            Model model = OneFunction();
            model.NeuralNetwork.Layers.Add(make());
            return model;
        },
        model => spoil(model.NeuralNetwork.Layers[1]));

    private static NeuralNetworkLayer Branch()
    {
        NeuralNetworkLayer layer = Layer(["x"], [], layer => layer.Branch = new()
        {
            IfBranch = new() { Layers = { Function("x", "b") } },
        });
        layer.InputTensor.Add(new Tensor { Rank = 1, DimValue = { 1 } });
        return layer;
    }

    private static NeuralNetworkLayer Loop() => Layer([], [], layer => layer.Loop = new()
    {
        MaxLoopIterations = 1, BodyNetwork = new() { Layers = { Function("x", "b") } },
    });

    private static NeuralNetworkLayer LoopWhile() => Layer([], [], layer => layer.Loop = new()
    {
        ConditionVar = "c", ConditionNetwork = new() { Layers = { Function("x", "c") } },
        BodyNetwork = new() { Layers = { Function("x", "b") } },
    });
}
