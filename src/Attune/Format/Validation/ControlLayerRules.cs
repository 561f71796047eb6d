using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on layers that run other networks, leave loops, and copy values.</summary>
internal static class ControlLayerRules
{
    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new(
                "layer.condition.size",
                "What a branch or a loop decides by is one number.",
                "Reduce the condition to one number.",
                ConditionSize),
            Kind.Branch, Kind.Loop),
        new(
            new("layer.branch.empty", "A branch has layers for one case at least.", "Fill ifBranch.", BranchEmpty),
            Kind.Branch),
        new(new("layer.loop.empty", "A loop has a body.", "Fill bodyNetwork.", LoopEmpty), Kind.Loop),
        new(
            new(
                "layer.loop.condition",
                "A loop has a condition network and the name of its result, or neither.",
                "Set both conditionNetwork and conditionVar.",
                LoopCondition),
            Kind.Loop),
        new(
            new(
                "layer.loop.endless",
                "A loop has an input, a condition, or a greatest number of rounds.",
                "Set maxLoopIterations.",
                Endless),
            Kind.Loop),
        new(
            new(
                "layer.loop.outside",
                "Only layers inside the body of a loop leave it.",
                "Move the layer into a loop.",
                Outside),
            Kind.LoopBreak, Kind.LoopContinue),
        new(
            new("layer.copy.itself", "A value is not copied over itself.", "Name another output.", Copy),
            Kind.Copy),
    ];

    private static IEnumerable<Flaw> ConditionSize(ValidatedLayer layer)
    {
        if (layer.Layer.InputTensor.Count > 0 && layer.Layer.InputTensor[0].DimValue.Any(size => size > 1))
            yield return new Flaw(
                $"{layer} takes one number; got [{string.Join('×', layer.Layer.InputTensor[0].DimValue)}].",
                "inputTensor");
    }

    private static IEnumerable<Flaw> BranchEmpty(ValidatedLayer layer)
    {
        if ((layer.Layer.Branch.IfBranch?.Layers.Count ?? 0) == 0)
            yield return new Flaw($"{layer} takes layers for its first case; got none.", "ifBranch");
    }

    private static IEnumerable<Flaw> LoopEmpty(ValidatedLayer layer)
    {
        if ((layer.Layer.Loop.BodyNetwork?.Layers.Count ?? 0) == 0)
            yield return new Flaw($"{layer} takes a body; got none.", "bodyNetwork");
    }

    private static IEnumerable<Flaw> LoopCondition(ValidatedLayer layer)
    {
        if (HasCondition(layer) != layer.Layer.Loop.ConditionVar.Length > 0)
            yield return new Flaw(
                $"{layer} takes a condition network with the name of its result; got one of the two.", "conditionVar");
    }

    private static IEnumerable<Flaw> Endless(ValidatedLayer layer)
    {
        if (!HasCondition(layer) && layer.Layer.Loop.MaxLoopIterations == 0 && layer.Layer.Input.Count == 0)
            yield return new Flaw($"{layer} takes a number of rounds; got none.", "maxLoopIterations");
    }

    private static IEnumerable<Flaw> Outside(ValidatedLayer layer)
    {
        if (layer.Scope.Loops == 0)
            yield return new Flaw($"{layer} stands inside a loop's body; this one stands in none.");
    }

    private static IEnumerable<Flaw> Copy(ValidatedLayer layer)
    {
        if (layer.Layer.Input[0] == layer.Layer.Output[0])
            yield return new Flaw($"{layer} takes two names; got '{layer.Layer.Input[0]}' twice.", "output");
    }

    private static bool HasCondition(ValidatedLayer layer) =>
        layer.Layer.Loop.ConditionNetwork is { Layers.Count: > 0 };
}
