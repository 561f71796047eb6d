using Attune.Arrays;
using Attune.Format;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Layers;
using Attune.Lowering;

namespace Attune.Authoring;

/// <summary>
/// The shapes of a network's values, followed layer by layer with the very rules by which the network runs, so that
/// what is authored is what is loaded.
/// </summary>
internal sealed class ValueShapes(
    NeuralNetworkMultiArrayShapeMapping arrays, NeuralNetworkImageShapeMapping images, ModelDocument document)
{
    private readonly Dictionary<string, Shape> shapes = new(StringComparer.Ordinal);

    public bool TryGet(string value, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Shape? shape) =>
        shapes.TryGetValue(value, out shape);

    public bool Contains(string value) => shapes.ContainsKey(value);

    /// <exception cref="MLModelFormatException">A network cannot take such an input.</exception>
    public void AddInput(FeatureDescription field)
    {
        var model = new Model
        {
            Description = new ModelDescription { Input = { field } },
            NeuralNetwork = new NeuralNetwork { ArrayInputShapeMapping = arrays, ImageInputShapeMapping = images },
        };
        NetworkSpecification network = NetworkSpecification.Of(model)!;
        shapes[field.Name] = NetworkInput.Of(field, DescriptionReader.Read(model), network).DefaultShape;
    }

    /// <exception cref="MLModelFormatException">The layer does not take its inputs, or contradicts itself.</exception>
    /// <exception cref="MLModelNotSupportedException">The layer cannot run.</exception>
    public void AddLayer(NeuralNetworkLayer layer)
    {
        if (!LayerCatalogue.Supports(layer))
            throw new MLModelNotSupportedException($"Layer '{layer.Name}' ({LayerKind.Of(layer)}) is not supported.");
        Layer read = LayerCatalogue.Read(new LayerSource(layer, document));
        if (!read.Arity.Allows(layer.Input.Count, layer.Output.Count))
            throw new MLModelFormatException(
                $"{read} takes {read.Arity}; got {layer.Input.Count} and {layer.Output.Count}.", layer.Name);

        Shape[] made = read.Infer([.. layer.Input.Select(name => shapes[name])]);
        for (int i = 0; i < made.Length; i++)
            shapes[layer.Output[i]] = made[i];
    }

    /// <summary>
    /// The shape that a value has as a feature: without the leading axes that the rank-5 mapping added.
    /// </summary>
    public int[] FeatureShape(Shape shape)
    {
        if (shape.Rank == 0)
            return [1];
        bool rank5 = arrays == NeuralNetworkMultiArrayShapeMapping.Rank5ArrayMapping;
        if (!rank5 || shape.Rank != 5 || shape[0] != 1 || shape[1] != 1)
            return shape.Dimensions.ToArray();
        return shape[3] == 1 && shape[4] == 1 ? [shape[2]] : [shape[2], shape[3], shape[4]];
    }
}
