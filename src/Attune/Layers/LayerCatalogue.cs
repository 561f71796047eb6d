using System.Collections.Frozen;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Every layer type that runs, by the field of the file that holds it. A test checks that each class of this
/// folder is here; adding a layer adds its line.
/// </summary>
internal static class LayerCatalogue
{
    private static readonly FrozenDictionary<NeuralNetworkLayer.LayerOneofCase, Func<LayerSource, Layer>> Readers =
        new Dictionary<NeuralNetworkLayer.LayerOneofCase, Func<LayerSource, Layer>>
        {
            [NeuralNetworkLayer.LayerOneofCase.InnerProduct] = InnerProduct.Read,
        }.ToFrozenDictionary();

    public static IEnumerable<NeuralNetworkLayer.LayerOneofCase> Supported => Readers.Keys;

    public static bool Supports(NeuralNetworkLayer layer) => Readers.ContainsKey(layer.LayerCase);

    /// <exception cref="MLModelFormatException">The layer's fields contradict each other.</exception>
    /// <exception cref="MLModelNotSupportedException">The layer's weights are stored in a way that cannot be read yet.</exception>
    public static Layer Read(LayerSource source) => Readers[source.Specification.LayerCase](source);
}
