using Attune.Format.Specification;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on matrix products, with weights or of two inputs, and on those that quantize their input.</summary>
internal static class ProductLayerRules
{
    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new(
                "layer.int8",
                "A layer that quantizes its input has signed bytes as weights, of 8 bits, with scales and no biases.",
                "Store int8RawValue with a linear quantization of 8 bits.",
                Int8),
            Kind.InnerProduct, Kind.BatchedMatmul),
        new(
            new(
                "layer.matmul.inputs",
                "A product of two inputs has no biases and does not quantize.",
                "Remove the biases, or add them in a layer of their own.",
                TwoInputs),
            Kind.BatchedMatmul),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.matmul.rank",
                "A product has the greater rank of its inputs, and 2 at least.",
                "Correct outputTensor.",
                Rank).Tolerated("Attune works out the shapes itself."),
            Kind.BatchedMatmul),
    ];

    private static IEnumerable<Flaw> Int8(ValidatedLayer layer)
    {
        (bool quantizes, WeightParams? weights) = layer.Layer switch
        {
            { InnerProduct: { } fields } => (fields.Int8DynamicQuantize, fields.Weights),
            { BatchedMatmul: { } fields } => (fields.Int8DynamicQuantize, fields.Weights),
            _ => (false, null),
        };
        if (!quantizes)
            yield break;
        NumberForm form = layer.FormOf(weights);
        if (form != NumberForm.Int8)
        {
            yield return new Flaw(
                $"{layer} quantizes its input and takes signed bytes as weights; got {form}.", "weights");
            yield break;
        }
        QuantizationParams quantization = weights!.Quantization;
        if (quantization.NumberOfBits != 8)
            yield return new Flaw($"{layer} takes weights of 8 bits; got {quantization.NumberOfBits}.", "weights");
        if (quantization.LinearQuantization is not { } linear)
            yield return new Flaw($"{layer} takes weights with scales; got none.", "weights");
        else if (linear.Bias.Count > 0)
            yield return new Flaw($"{layer} takes weights without biases; got {linear.Bias.Count}.", "weights");
    }

    private static IEnumerable<Flaw> TwoInputs(ValidatedLayer layer)
    {
        BatchedMatMulLayerParams fields = layer.Layer.BatchedMatmul;
        if (layer.Layer.Input.Count < 2)
            yield break;
        if (fields.HasBias)
            yield return new Flaw($"{layer} has 2 inputs, and takes no biases.", "hasBias");
        if (fields.Int8DynamicQuantize)
            yield return new Flaw($"{layer} has 2 inputs, and does not quantize them.", "int8DynamicQuantize");
    }

    private static IEnumerable<Flaw> Rank(ValidatedLayer layer)
    {
        NeuralNetworkLayer message = layer.Layer;
        if (message.InputTensor.Count != message.Input.Count || layer.DeclaredOutputRank is not { } output
            || message.OutputTensor.Count != 1)
            yield break;
        int greatest = message.InputTensor.Max(ValidatedLayer.RankOf);
        int expected = message.Input.Count == 1 ? greatest : Math.Max(2, greatest);
        if (output != expected)
            yield return new Flaw(
                $"{layer} makes an output of rank {expected}; the file says {output}.", "outputTensor");
    }
}
