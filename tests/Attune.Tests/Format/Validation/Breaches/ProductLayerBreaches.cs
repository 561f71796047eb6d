using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on matrix products.</summary>
internal static class ProductLayerBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Breach.OfLayer(
            "layer.int8",
            () => TestModels.Dense("layer", "x", "y", 1, 1, [1], [1]),
            layer => layer.InnerProduct.Int8DynamicQuantize = true),
        Breach.OfLayer("layer.matmul.inputs", Product, layer => layer.BatchedMatmul.HasBias = true, rank: 2),
        Breach.OfLayer("layer.matmul.rank", Product, layer => layer.OutputTensor[0].Rank = 3, rank: 2),
    ];

    private static NeuralNetworkLayer Product() =>
        Ranked(Layer(["a", "b"], ["y"], layer => layer.BatchedMatmul = new()), [2, 2], 2);
}
