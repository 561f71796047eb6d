using Attune.Format.Specification;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on activations, custom layers, layer normalisation and scattering.</summary>
internal static class OtherLayerRules
{
    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.activation.function",
                "An activation has a function.",
                "Set one of the functions.",
                Function).Tolerated("The model loads and describes itself; it is refused when it is asked to predict."),
            Kind.Activation),
        new(
            new(
                "layer.activation.encodings",
                "The weights of an activation are stored in one encoding, the same for all.",
                "Store the values in one of floatValue, float16Value and rawValue.",
                ActivationWeights),
            Kind.Activation),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.custom.class",
                "A custom layer names its class.",
                "Set className.",
                CustomClass).Tolerated("The model loads and describes itself, and does not predict."),
            Kind.Custom),
        new(
            new(
                "layer.custom.weights",
                "Each of the weights of a custom layer is stored in one encoding.",
                "Store the values in one of floatValue, float16Value, rawValue and int8RawValue.",
                CustomWeights),
            Kind.Custom),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.normalization.fields",
                "A layer normalisation has a shape, and for each of its elements a gamma and a beta in float32.",
                "Give normalizedShape, gamma and beta.",
                Normalization).Tolerated("Other encodings are decoded when the layer is read."),
            Kind.LayerNormalization),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.scatter.rank",
                "Scattered values have the rank of what they are put into, and their places rank 1.",
                "Correct inputTensor and outputTensor.",
                Scatter).Tolerated("Attune works out the shapes itself."),
            Kind.Scatter),
    ];

    private static IEnumerable<Flaw> Function(ValidatedLayer layer)
    {
        if (layer.Layer.Activation.NonlinearityTypeCase == ActivationParams.NonlinearityTypeOneofCase.None)
            yield return new Flaw($"{layer} takes a function; the file gives none that is known.");
    }

    private static IEnumerable<Flaw> ActivationWeights(ValidatedLayer layer)
    {
        NumberForm[] forms = layer.Layer.Activation switch
        {
            { PReLU: { } fields } => [layer.FormOf(fields.Alpha)],
            { ParametricSoftplus: { } fields } => [layer.FormOf(fields.Alpha), layer.FormOf(fields.Beta)],
            _ => [],
        };
        if (forms.Contains(NumberForm.Several) || forms.Distinct().Count() > 1)
            yield return new Flaw($"{layer} takes values in one encoding; got {string.Join(" and ", forms)}.");
    }

    private static IEnumerable<Flaw> CustomClass(ValidatedLayer layer)
    {
        if (layer.Layer.Custom.ClassName.Length == 0)
            yield return new Flaw($"{layer} takes the name of a class; got none.", "className");
    }

    private static IEnumerable<Flaw> CustomWeights(ValidatedLayer layer) =>
        layer.Layer.Custom.Weights.Select((weights, index) => (Form: FormOf(layer, weights), Index: index))
            .Where(entry => entry.Form is NumberForm.Empty or NumberForm.Several)
            .Select(entry => new Flaw(
                $"{layer} takes weights in one encoding; got {entry.Form}.", $"weights[{entry.Index}]"));

    // How quantized ones are to be read is the class's own affair.
    private static NumberForm FormOf(ValidatedLayer layer, WeightParams weights) => layer.FormOf(weights) switch
    {
        NumberForm.Empty when layer.Document.Weights(weights).Count > 0 => NumberForm.Quantized,
        var form => form,
    };

    private static IEnumerable<Flaw> Normalization(ValidatedLayer layer)
    {
        LayerNormalizationLayerParams fields = layer.Layer.LayerNormalization;
        if (fields.NormalizedShape.Count == 0)
            yield return new Flaw($"{layer} takes a shape; the file gives none.", "normalizedShape");
        ulong count = LayerNumbers.Product(fields.NormalizedShape.Select(size => (ulong)Math.Max(0, size)));
        foreach ((string field, WeightParams? weights) in new[] { ("gamma", fields.Gamma), ("beta", fields.Beta) })
        {
            NumberForm form = layer.FormOf(weights);
            long got = form == NumberForm.Float32 ? layer.Document.Weights(weights!).Count : 0;
            if (weights is null || (ulong)got != count || (field == "gamma" && weights.Quantization is not null))
                yield return new Flaw(
                    $"{layer}, {field} takes {count} values in float32; got {got} ({form}).", field);
        }
    }

    private static IEnumerable<Flaw> Scatter(ValidatedLayer layer)
    {
        if (!layer.Scope.IsExact || layer.Layer.InputTensor.Count == 0)
            yield break;
        int[] ranks = [.. layer.Layer.InputTensor.Select(ValidatedLayer.RankOf)];
        if (ranks.Length != 3 || ranks[0] != ranks[2] || ranks[1] != 1)
            yield return new Flaw(
                $"{layer} takes inputs of ranks n, 1 and n; got {string.Join(", ", ranks)}.", "inputTensor");
        if (layer.Layer.OutputTensor.Count > 0
            && (layer.Layer.OutputTensor.Count != 1 || layer.DeclaredOutputRank != ranks[0]))
            yield return new Flaw($"{layer} makes one output of rank {ranks[0]}.", "outputTensor");
    }
}
