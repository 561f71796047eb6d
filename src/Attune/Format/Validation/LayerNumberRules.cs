using Attune.Format.Specification;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on the weights of all layers that have some.</summary>
internal static class LayerNumberRules
{
    private const string StoreOne = "Store the values in one of floatValue, float16Value, rawValue and int8RawValue.";

    public static IReadOnlyList<ValidationRule<ValidatedLayer>> All { get; } =
    [
        new("layer.weights.encodings", "Weights are stored in one encoding.", StoreOne, Encodings),
        new("layer.weights.missing", "A layer has the weights that its fields speak of.", "Add the weights.", Missing),
        new(
            "layer.weights.count",
            "A layer has as many weights as its sizes ask for.",
            "Correct the sizes or the weights.",
            Count),
        new(
            "layer.weights.quantization",
            "Quantized weights have 1 to 8 bits and one scale or one per channel, as many biases or none, or a table " +
            "of 2 to the power of the bits.",
            "Correct the quantization.",
            Quantization),
        new ValidationRule<ValidatedLayer>(
            "layer.weights.precision",
            "The weights of a layer are all float32 or all float16, besides quantized ones.",
            "Store them in one precision.",
            Precision).Tolerated("All are widened to float32 when they are read."),
    ];

    private static IEnumerable<Flaw> Encodings(ValidatedLayer layer) =>
        from numbers in layer.Numbers
        where layer.FormOf(numbers.Values) == NumberForm.Several
        select new Flaw(
            $"{layer}, {numbers.Field}: the file holds values in more than one encoding; a layer takes one of them.",
            numbers.Field);

    private static IEnumerable<Flaw> Missing(ValidatedLayer layer) =>
        from numbers in layer.Numbers
        where !numbers.MayBeAbsent && IsAbsent(layer, numbers)
        select new Flaw($"{layer}, {numbers.Field} takes {numbers.Count} values; got 0.", numbers.Field);

    private static IEnumerable<Flaw> Count(ValidatedLayer layer)
    {
        foreach (LayerNumbers numbers in layer.Numbers)
        {
            if (layer.FormOf(numbers.Values) is not (var form and not (NumberForm.Empty or NumberForm.Several)))
                continue;
            ulong count = (ulong)layer.Document.Weights(numbers.Values!).Count;
            // The last byte of quantized values may have room to spare.
            if (form is NumberForm.Float32 or NumberForm.Float16 ? count != numbers.Count : count < numbers.Count)
                yield return new Flaw(
                    $"{layer}, {numbers.Field} takes {numbers.Count} values; got {count}.", numbers.Field);
        }
    }

    private static IEnumerable<Flaw> Quantization(ValidatedLayer layer) =>
        from numbers in layer.Numbers
        where layer.FormOf(numbers.Values) is NumberForm.Quantized or NumberForm.Int8
        let problem = Problem(numbers.Values!.Quantization, numbers.Channels)
        where problem is not null
        select new Flaw($"{layer}, {numbers.Field}: {problem}", numbers.Field);

    private static string? Problem(QuantizationParams quantization, ulong channels) => quantization switch
    {
        { NumberOfBits: < 1 or > 8 } =>
            $"quantized values take 1 to 8 bits each; the file says {quantization.NumberOfBits}.",
        { LinearQuantization: { Scale.Count: var scales } } when scales != 1 && (ulong)scales != channels =>
            $"quantized values take one scale or one per output channel, {channels}; got {scales}.",
        { LinearQuantization: { } linear } when linear.Bias.Count != 0 && linear.Bias.Count != linear.Scale.Count =>
            $"quantized values take as many biases as scales, {linear.Scale.Count}, or none; got {linear.Bias.Count}.",
        { LookupTableQuantization.FloatValue.Count: var size } when size != 1 << (int)quantization.NumberOfBits =>
            $"the table of its quantized values takes {1 << (int)quantization.NumberOfBits} numbers; got {size}.",
        { QuantizationTypeCase: QuantizationParams.QuantizationTypeOneofCase.None } =>
            "quantized values take a table, or scales and biases; the file has neither.",
        _ => null,
    };

    private static IEnumerable<Flaw> Precision(ValidatedLayer layer)
    {
        NumberForm[] forms = [.. Compared(layer).Select(layer.FormOf)];
        if (forms.Contains(NumberForm.Float32) && forms.Contains(NumberForm.Float16))
            yield return new Flaw($"{layer} takes weights of one precision; got float32 and float16.");
    }

    // What Core ML's tools compare: they forget the LSTM in two directions, and the mean is compared unused.
    private static IEnumerable<WeightParams?> Compared(ValidatedLayer layer) => layer.Layer switch
    {
        { LayerCase: Kind.BiDirectionalLSTM } => [],
        { Batchnorm: { } fields } => [fields.Gamma, fields.Beta, fields.Mean, fields.Variance],
        { SimpleRecurrent: { } fields }
            when layer.FormOf(fields.WeightMatrix) == NumberForm.Quantized
            || layer.FormOf(fields.RecursionMatrix) == NumberForm.Quantized => [],
        _ => layer.Numbers.Select(numbers => numbers.Values),
    };

    private static bool IsAbsent(ValidatedLayer layer, LayerNumbers numbers) => layer.FormOf(numbers.Values) switch
    {
        NumberForm.Empty => true,
        NumberForm.Int8 => layer.Layer.LayerCase is not (Kind.InnerProduct or Kind.BatchedMatmul),
        _ => false,
    };
}
