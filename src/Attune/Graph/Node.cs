namespace Attune.Graph;

/// <summary>A layer and the values that it reads and makes in one network.</summary>
internal sealed record Node(Layer Layer, IReadOnlyList<Value> Inputs, IReadOnlyList<Value> Outputs)
{
    /// <summary>Whether the layer stores max(0, y): a plan has joined the rectifier that followed it.</summary>
    public bool Rectifies { get; init; }

    /// <summary>Layers that followed and that a plan has put into the weights of this one, in their order.</summary>
    public IReadOnlyList<Layer> Folded { get; init; } = [];

    /// <summary>The parameters whose numbers the node computes with.</summary>
    public IEnumerable<Parameter> Parameters => Layer.Parameters.Concat(Folded.SelectMany(layer => layer.Parameters));
}
