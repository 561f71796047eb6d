using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on what stands before a layer: it takes values that are there, and makes new ones.</summary>
internal static class LayerOrderRules
{
    public static IReadOnlyList<ValidationRule<ValidatedLayer>> All { get; } =
    [
        new(
            "layer.input.unknown",
            "A layer takes inputs of the model, and values that layers before it make.",
            "Correct the name, or move the layer behind the one that makes the value.",
            Unknown),
        new(
            "layer.output.taken",
            "A layer makes values under new names, unless it is a copy.",
            "Give the output another name.",
            Taken),
    ];

    private static IEnumerable<Flaw> Unknown(ValidatedLayer layer) =>
        from input in layer.Layer.Input
        where !layer.Scope.Has(input)
        select new Flaw(
            $"{layer} takes '{input}', which is neither an input of the model nor made by a layer before it.", "input");

    private static IEnumerable<Flaw> Taken(ValidatedLayer layer)
    {
        if (layer.Layer.LayerCase == Kind.Copy)
            yield break;
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (string output in layer.Layer.Output)
            if (!own.Add(output) || layer.Scope.Has(output))
                yield return new Flaw(
                    $"{layer} makes '{output}', a name that an input or a layer before it has.", "output");
    }
}
