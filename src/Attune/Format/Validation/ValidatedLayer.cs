using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>A layer in its place in a network.</summary>
/// <param name="layer">Its message.</param>
/// <param name="place">Its path in the file, without its name.</param>
/// <param name="scope">What the layers before it have made.</param>
/// <param name="document">Holds the weights that the message does not.</param>
internal sealed class ValidatedLayer(
    NeuralNetworkLayer layer, string place, NetworkScope scope, ModelDocument document) : IValidated
{
    private IReadOnlyList<LayerNumbers>? numbers;

    public NeuralNetworkLayer Layer => layer;

    public NetworkScope Scope => scope;

    public ModelDocument Document => document;

    public string Kind { get; } = LayerKind.Of(layer);

    public string Where => $"{place} '{layer.Name}' ({Kind})";

    /// <summary>The path of the layer's parameters, in which nested networks stand.</summary>
    public string Parameters => $"{Where}.{Kind}";

    /// <summary>All weights of the layer, with what the layer's sizes ask of them.</summary>
    public IReadOnlyList<LayerNumbers> Numbers => numbers ??= [.. LayerNumbersTable.Of(layer)];

    /// <summary>The rank that the layer itself says its first input has; null if it says nothing.</summary>
    public int? DeclaredInputRank => layer.InputTensor.Count > 0 ? RankOf(layer.InputTensor[0]) : null;

    /// <summary>The rank that the layer itself says its first output has; null if it says nothing.</summary>
    public int? DeclaredOutputRank => layer.OutputTensor.Count > 0 ? RankOf(layer.OutputTensor[0]) : null;

    public static int RankOf(Tensor tensor) => (int)Math.Min(tensor.Rank, int.MaxValue);

    /// <summary>How the values of weights are held.</summary>
    public NumberForm FormOf(WeightParams? weights)
    {
        if (weights is null)
            return NumberForm.Empty;
        if (ModelDocument.HasSeveralEncodings(weights))
            return NumberForm.Several;
        return document.Weights(weights).Kind switch
        {
            WeightKind.Float32 => NumberForm.Float32,
            WeightKind.Float16 => NumberForm.Float16,
            WeightKind.Quantized when weights.Quantization is not null => NumberForm.Quantized,
            WeightKind.Int8 when weights.Quantization is not null => NumberForm.Int8,
            _ => NumberForm.Empty,
        };
    }

    public override string ToString() => $"Layer '{layer.Name}' ({Kind})";
}

/// <summary>How weights are held, as rules look at it.</summary>
internal enum NumberForm
{
    /// <summary>Not there, or quantized without saying how.</summary>
    Empty,
    Float32,
    Float16,
    Quantized,
    Int8,

    /// <summary>In more than one encoding at once.</summary>
    Several,
}
