using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>What a layer says of the ranks of its inputs and outputs.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Features">The ranks of the model's inputs and outputs.</param>
internal sealed record ValidatedTensors(ValidatedLayer Layer, IReadOnlyDictionary<string, int> Features) : IValidated
{
    public string Where => Layer.Where;
}

/// <summary>
/// Rules on what layers say of ranks. Only Core ML goes by it; the shapes follow from the layers too.
/// </summary>
internal static class LayerTensorRules
{
    private const string OwnShapes = "Attune works out the shapes itself, and does not look at these.";

    public static IReadOnlyList<ValidationRule<ValidatedTensors>> All { get; } =
    [
        new ValidationRule<ValidatedTensors>(
            "layer.tensors.count",
            "A layer that speaks of its inputs' or outputs' ranks does so for each.",
            "Give inputTensor and outputTensor one entry for each, or none.",
            Count).Tolerated(OwnShapes),
        new ValidationRule<ValidatedTensors>(
            "layer.tensors.sizes",
            "Where sizes are given, there are as many as the rank says, and one at least.",
            "Correct rank or dimValue.",
            Sizes).Tolerated(OwnShapes),
        new ValidationRule<ValidatedTensors>(
            "layer.tensors.rank",
            "All layers say the same rank of a value, that of the model's description for its inputs and outputs.",
            "Correct the rank.",
            Rank).Tolerated(OwnShapes),
    ];

    private static IEnumerable<Flaw> Count(ValidatedTensors tensors)
    {
        NeuralNetworkLayer layer = tensors.Layer.Layer;
        if (layer.InputTensor.Count != 0 && layer.InputTensor.Count != layer.Input.Count)
            yield return new Flaw(
                $"{tensors.Layer} has {layer.Input.Count} inputs and speaks of {layer.InputTensor.Count}.",
                "inputTensor");
        if (layer.OutputTensor.Count != 0 && layer.OutputTensor.Count != layer.Output.Count)
            yield return new Flaw(
                $"{tensors.Layer} has {layer.Output.Count} outputs and speaks of {layer.OutputTensor.Count}.",
                "outputTensor");
    }

    private static IEnumerable<Flaw> Sizes(ValidatedTensors tensors) =>
        from tensor in tensors.Layer.Layer.InputTensor.Concat(tensors.Layer.Layer.OutputTensor)
        where tensor.DimValue.Count > 0 && tensor.Rank != tensor.DimValue.Count
        select new Flaw(
            $"{tensors.Layer} speaks of a value of rank {tensor.Rank} and {tensor.DimValue.Count} sizes.",
            "inputTensor");

    private static IEnumerable<Flaw> Rank(ValidatedTensors tensors)
    {
        NeuralNetworkLayer layer = tensors.Layer.Layer;
        IEnumerable<(string Name, Tensor Tensor)> all =
            layer.Input.Zip(layer.InputTensor).Concat(layer.Output.Zip(layer.OutputTensor));
        var here = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string name, Tensor tensor) in all)
        {
            int rank = ValidatedLayer.RankOf(tensor);
            int expected = tensors.Features.TryGetValue(name, out int feature)
                ? feature
                : tensors.Layer.Scope.Rank(name) ?? here.GetValueOrDefault(name, rank);
            if (rank != expected)
                yield return new Flaw(
                    $"{tensors.Layer} says that '{name}' has rank {rank}; it has rank {expected}.", "inputTensor");
            here[name] = rank;
        }
    }
}
