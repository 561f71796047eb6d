using Attune.Arrays;
using Attune.Format.Specification;

namespace Attune.Graph;

/// <summary>
/// Numbers that a layer holds and that training may change. It remembers where the file keeps them, so that saving a
/// trained model needs no code per layer. The current numbers are not here but in a <see cref="ParameterSet{T}"/>: one
/// network serves a model, its snapshots and a training run at the same time.
/// </summary>
internal sealed class Parameter
{
    /// <summary>The layer that owns it.</summary>
    public required string Layer { get; init; }

    /// <summary>What it is to the layer: <c>weights</c>, <c>biases</c>, or the file's own field name.</summary>
    public required string Role { get; init; }

    public required Shape Shape { get; init; }

    /// <summary>The numbers that the model was loaded with, row-major.</summary>
    public required ReadOnlyMemory<float> Initial { get; init; }

    /// <summary>
    /// The field of the specification that holds it; null for a network that was not read from a file.
    /// </summary>
    public WeightParams? Source { get; init; }

    /// <summary>The file marks both the layer and these numbers as updatable.</summary>
    public bool IsMarkedUpdatable { get; init; }

    public override string ToString() => $"{Layer}.{Role}";
}
