using Attune.Arrays;
using Attune.Format;
using Attune.Format.Specification;
using Attune.Format.Validation;
using Attune.Graph;
using Attune.Layers;

namespace Attune.Lowering;

/// <summary>
/// Goes through the layers of a network without running it. Shapes are followed as far as layers are supported; what
/// comes after one that is not is listed without them.
/// </summary>
internal sealed class NetworkStructure
{
    private readonly ModelDocument document;
    private readonly Dictionary<string, Shape> shapes = new(StringComparer.Ordinal);

    private NetworkStructure(ModelDocument document) => this.document = document;

    /// <summary>The layers in their order in the file.</summary>
    /// <exception cref="MLModelFormatException">A layer contradicts itself or the values that reach it.</exception>
    public static IReadOnlyList<LayerStructure> Of(
        ModelDocument document, Model model, NetworkSpecification network, MLModelDescription description)
    {
        var structure = new NetworkStructure(document);
        foreach (FeatureDescription field in model.Description.Input)
            structure.shapes[field.Name] = NetworkInput.Of(field, description, network).DefaultShape;
        return [.. network.Layers.Select(structure.Describe)];
    }

    private LayerStructure Describe(NeuralNetworkLayer layer)
    {
        WeightParams[] weights = [.. LayerWeights.Of(layer)];
        var described = new LayerStructure(
            layer.Name, UpdatableNetwork.KindOf(layer), [.. layer.Input], [.. layer.Output])
        {
            IsUpdatable = layer.IsUpdatable,
            Parameters = weights.Sum(part => document.Weights(part).Count),
            WeightBytes = weights.Sum(document.WeightBytes),
            Encoding = string.Join(", ", weights.Select(EncodingOf).Where(text => text != "").Distinct()),
        };
        try
        {
            return Follow(layer, described);
        }
        catch (MLModelNotSupportedException refusal)
        {
            return described with { Refusal = string.Join(' ', refusal.Reasons) };
        }
    }

    private LayerStructure Follow(NeuralNetworkLayer layer, LayerStructure described)
    {
        if (!LayerCatalogue.Supports(layer))
            return described with { Refusal = $"{UpdatableNetwork.Name(layer)} is not supported." };
        Layer read = LayerCatalogue.Read(new LayerSource(layer, document));
        if (!layer.Input.All(shapes.ContainsKey))
            return described;

        Shape[] inputs = [.. layer.Input.Select(name => shapes[name])];
        Shape[] made = read.Infer(inputs);
        for (int i = 0; i < Math.Min(made.Length, layer.Output.Count); i++)
            shapes[layer.Output[i]] = made[i];
        return described with { Shapes = made, MultiplyAdds = read.MultiplyAdds(inputs, made) };
    }

    private string EncodingOf(WeightParams weights) => document.Weights(weights).Kind switch
    {
        WeightKind.Float32 => "float32",
        WeightKind.Float16 => "float16",
        WeightKind.Quantized => $"{weights.Quantization?.NumberOfBits ?? 8} bits",
        WeightKind.Int8 => "int8",
        _ => "",
    };
}
