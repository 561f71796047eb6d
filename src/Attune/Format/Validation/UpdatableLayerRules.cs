using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Rules on the layers of updatable networks.</summary>
internal static class UpdatableLayerRules
{
    public static IEnumerable<Flaw> Any(UpdatableNetwork network)
    {
        if (!network.Marked.Any())
            yield return new Flaw("An updatable network takes at least one updatable layer; none is marked.", "layers");
    }

    public static IEnumerable<Flaw> Kinds(UpdatableNetwork network) =>
        from layer in network.Marked
        where !CoreMLTraining.MayTrain(UpdatableNetwork.KindOf(layer))
        select new Flaw(
            $"{UpdatableNetwork.Name(layer)} is marked as updatable; Core ML trains convolution and " +
            "innerProduct layers.",
            UpdatableNetwork.PlaceOf(layer));

    public static IEnumerable<Flaw> Quantized(UpdatableNetwork network) =>
        from numbers in Numbers(network)
        where numbers.Values.Quantization is not null
        select Encoding(network, numbers);

    public static IEnumerable<Flaw> Half(UpdatableNetwork network) =>
        from numbers in Numbers(network)
        where numbers.Values.Quantization is null
            && KindOf(network, numbers.Values) is not (WeightKind.Float32 or WeightKind.None)
        select Encoding(network, numbers);

    public static IEnumerable<Flaw> Marks(UpdatableNetwork network) =>
        from numbers in Numbers(network)
        where !numbers.Values.IsUpdatable
        select new Flaw(
            $"{UpdatableNetwork.Name(numbers.Layer)} is updatable; its {numbers.Role} are not marked as updatable too.",
            UpdatableNetwork.PlaceOf(numbers.Layer));

    public static IEnumerable<Flaw> Names(UpdatableNetwork network) =>
        from name in network.Network.Layers.Select(layer => layer.Name)
            .Concat(network.Update.LossLayers.Select(loss => loss.Name))
        group name by name into same
        where same.Count() > 1
        select new Flaw(
            $"Layers and loss layers of an updatable network take different names; {same.Count()} are called " +
            $"'{same.Key}'.",
            "layers");

    private static Flaw Encoding(
        UpdatableNetwork network, (NeuralNetworkLayer Layer, string Role, WeightParams Values) numbers) => new(
            $"{UpdatableNetwork.Name(numbers.Layer)} is updatable and takes float32 {numbers.Role}; " +
            $"got {KindOf(network, numbers.Values)}.",
            UpdatableNetwork.PlaceOf(numbers.Layer));

    private static WeightKind KindOf(UpdatableNetwork network, WeightParams weights) =>
        network.Document.Weights(weights).Kind;

    // Core ML looks at no other updatable layer's numbers.
    private static IEnumerable<(NeuralNetworkLayer Layer, string Role, WeightParams Values)> Numbers(
        UpdatableNetwork network)
    {
        foreach (NeuralNetworkLayer layer in network.Marked)
        {
            (WeightParams? weights, WeightParams? bias) = layer switch
            {
                { Convolution: { } fields } =>
                    (fields.Weights ?? Absent, fields.HasBias ? fields.Bias ?? Absent : null),
                { InnerProduct: { } fields } =>
                    (fields.Weights ?? Absent, fields.HasBias ? fields.Bias ?? Absent : null),
                _ => (null, null),
            };
            if (weights is not null)
                yield return (layer, "weights", weights);
            if (bias is not null)
                yield return (layer, "biases", bias);
        }
    }

    private static WeightParams Absent => new();
}
