using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>Rules on the layers of updatable networks.</summary>
internal static class UpdatableLayerRules
{
    public static IEnumerable<string> Any(UpdatableNetwork network)
    {
        if (!network.Marked.Any())
            yield return "An updatable network takes at least one updatable layer; none is marked.";
    }

    public static IEnumerable<string> Kinds(UpdatableNetwork network) =>
        from layer in network.Marked
        where network.AsCoreMLOnly && !CoreMLTraining.MayTrain(UpdatableNetwork.KindOf(layer))
        select $"{UpdatableNetwork.Name(layer)} is marked as updatable; Core ML trains convolution and innerProduct " +
            "layers.";

    public static IEnumerable<string> Encoding(UpdatableNetwork network) =>
        from numbers in Numbers(network)
        let kind = KindOf(network, numbers.Values)
        where kind is not (WeightKind.Float32 or WeightKind.None) || numbers.Values.Quantization is not null
        select $"{UpdatableNetwork.Name(numbers.Layer)} is updatable and takes float32 {numbers.Role}; " +
            $"got {kind}. Store them as float32.";

    public static IEnumerable<string> Marks(UpdatableNetwork network) =>
        from numbers in Numbers(network)
        where !numbers.Values.IsUpdatable
        select $"{UpdatableNetwork.Name(numbers.Layer)} is updatable; its {numbers.Role} are not marked as updatable " +
            "too.";

    public static IEnumerable<string> Names(UpdatableNetwork network) =>
        from name in network.Network.Layers.Select(layer => layer.Name)
            .Concat(network.Update.LossLayers.Select(loss => loss.Name))
        group name by name into same
        where same.Count() > 1
        select $"Layers and loss layers of an updatable network take different names; {same.Count()} are called " +
            $"'{same.Key}'.";

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
                { Convolution: { } fields } => (fields.Weights, fields.HasBias ? fields.Bias : null),
                { InnerProduct: { } fields } => (fields.Weights, fields.HasBias ? fields.Bias : null),
                _ => (null, null),
            };
            if (weights is not null)
                yield return (layer, "weights", weights);
            if (bias is not null)
                yield return (layer, "biases", bias);
        }
    }
}
