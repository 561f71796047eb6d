using Attune.Format.Specification;
using Google.Protobuf.Collections;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on what goes into a layer and comes out of it, alike for all kinds.</summary>
internal static class LayerFormRules
{
    private const string OwnShapes = "Attune works out the shapes itself, and refuses those that do not fit.";

    /// <summary>Rules that a layer has to keep before others can be asked.</summary>
    public static IReadOnlyList<ValidationRule<ValidatedLayer>> First { get; } =
    [
        new ValidationRule<ValidatedLayer>(
            "layer.kind",
            "A layer is of a kind that is known.",
            "Set one of the layer's kinds, or use a later version of Attune.",
            KnownKind).Tolerated("The model loads and describes itself; it is refused when it is asked to predict."),
        new("layer.inputs", "A layer has as many inputs as its kind takes.", "Correct the layer's inputs.", Inputs),
        new("layer.outputs", "A layer has as many outputs as its kind takes.", "Correct the layer's outputs.", Outputs),
    ];

    public static IReadOnlyList<ValidationRule<ValidatedLayer>> Ranks { get; } =
    [
        new ValidationRule<ValidatedLayer>(
            "layer.rank",
            "Inputs and outputs have ranks that the layer's kind takes.",
            "Correct the ranks, or reshape the values before the layer.",
            Rank).Tolerated(OwnShapes),
        new ValidationRule<ValidatedLayer>(
            "layer.rank.kept",
            "Layers that keep the rank have outputs of the rank of their inputs.",
            "Correct the ranks in inputTensor and outputTensor.",
            RankKept).Tolerated(OwnShapes),
        new ValidationRule<ValidatedLayer>(
            "layer.rank.alike",
            "Layers that combine values of one rank have inputs of one rank.",
            "Correct the ranks in inputTensor and outputTensor.",
            RankAlike).Tolerated(OwnShapes),
    ];

    private static IEnumerable<Flaw> KnownKind(ValidatedLayer layer)
    {
        if (layer.Layer.LayerCase == Kind.None)
            yield return new Flaw($"Layer '{layer.Layer.Name}' takes a kind; the file gives none that is known.");
    }

    private static IEnumerable<Flaw> Inputs(ValidatedLayer layer)
    {
        if (LayerForms.Of(layer.Layer.LayerCase) is { } form && !form.Inputs.Has(layer.Layer.Input.Count))
            yield return new Flaw($"{layer} takes {form.Inputs} inputs; got {layer.Layer.Input.Count}.", "input");
    }

    private static IEnumerable<Flaw> Outputs(ValidatedLayer layer)
    {
        if (LayerForms.Of(layer.Layer.LayerCase) is { } form && !form.Outputs.Has(layer.Layer.Output.Count))
            yield return new Flaw($"{layer} takes {form.Outputs} outputs; got {layer.Layer.Output.Count}.", "output");
    }

    private static IEnumerable<Flaw> Rank(ValidatedLayer layer)
    {
        if (RanksOf(layer) is not { } ranks)
            yield break;
        if (InputRank(layer) is { } input && !ranks.Has(input))
            yield return new Flaw($"{layer} takes an input of rank {ranks}; got {input}.", "input");
        if (OutputRank(layer) is { } output && !ranks.Has(output))
            yield return new Flaw($"{layer} makes an output of rank {ranks}; the file says {output}.", "output");
    }

    private static IEnumerable<Flaw> RankKept(ValidatedLayer layer)
    {
        if (KeepsRank(layer) && InputRank(layer) is { } input && OutputRank(layer) is { } output && input != output)
            yield return new Flaw(
                $"{layer} makes an output of its input's rank, {input}; the file says {output}.", "outputTensor");
    }

    private static IEnumerable<Flaw> RankAlike(ValidatedLayer layer)
    {
        LayerForm? form = LayerForms.Of(layer.Layer.LayerCase);
        if (form?.InputsAlike == true && Differ(layer, layer.Layer.Input))
            yield return new Flaw($"{layer} takes inputs of one rank; the file gives several.", "inputTensor");
        if (form?.OutputsAlike == true && Differ(layer, layer.Layer.Output))
            yield return new Flaw($"{layer} makes outputs of one rank; the file gives several.", "outputTensor");
    }

    private static bool Differ(ValidatedLayer layer, RepeatedField<string> values) =>
        layer.Scope.IsExact
        && layer.Scope.Rank(values[0]) is { } first
        && values.Any(value => (layer.Scope.Rank(value) ?? first) != first);

    private static CountRange? RanksOf(ValidatedLayer layer) => layer.Layer switch
    {
        { Activation: { } activation } => IsPerChannel(activation) ? CountRange.AtLeast(3) : null,
        { Concat.SequenceConcat: true } => CountRange.AtLeast(5),
        _ => LayerForms.Of(layer.Layer.LayerCase)?.Ranks,
    };

    private static bool KeepsRank(ValidatedLayer layer) => layer.Layer switch
    {
        { Activation: { } activation } => IsPerChannel(activation),
        { ArgMax: { } fields } => !fields.RemoveDim,
        { ArgMin: { } fields } => !fields.RemoveDim,
        // Core ML's tools ask these two only where the layer itself speaks of ranks.
        { LayerCase: Kind.Reduce or Kind.Slice } => layer.DeclaredInputRank is not null,
        _ => LayerForms.Of(layer.Layer.LayerCase)?.KeepsRank == true,
    };

    private static bool IsPerChannel(ActivationParams activation) =>
        activation.PReLU is not null || activation.ParametricSoftplus is not null;

    private static int? InputRank(ValidatedLayer layer) => layer.Scope.IsExact && layer.Layer.Input.Count > 0
        ? layer.Scope.Rank(layer.Layer.Input[0])
        : null;

    private static int? OutputRank(ValidatedLayer layer) => layer.Scope.IsExact && layer.Layer.Output.Count > 0
        ? layer.Scope.Rank(layer.Layer.Output[0])
        : null;
}
