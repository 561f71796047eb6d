using System.Collections.Immutable;
using Attune.Format.Specification;

namespace Attune.Format;

/// <summary>What is to be written otherwise than the file has it.</summary>
internal sealed record ModelChanges
{
    public static ModelChanges None { get; } = new();

    /// <summary>New values by <c>WeightParams.Blob</c>.</summary>
    public IReadOnlyDictionary<int, ReadOnlyMemory<float>> Weights { get; init; } =
        ImmutableDictionary<int, ReadOnlyMemory<float>>.Empty;

    /// <summary>Classifiers with other samples, by <see cref="ModelDocument.SlotOf"/>.</summary>
    public IReadOnlyDictionary<int, KNearestNeighborsClassifier> Classifiers { get; init; } =
        ImmutableDictionary<int, KNearestNeighborsClassifier>.Empty;

    public bool IsEmpty => Weights.Count == 0 && Classifiers.Count == 0;

    /// <summary>These and others, which are changes of other parts.</summary>
    public ModelChanges And(ModelChanges others) => others.IsEmpty ? this : IsEmpty ? others : new ModelChanges
    {
        Weights = Weights.Concat(others.Weights).ToDictionary(),
        Classifiers = Classifiers.Concat(others.Classifiers).ToDictionary(),
    };
}
