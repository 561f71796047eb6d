using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>A nearest-neighbours classifier as the file describes it.</summary>
internal sealed record NeighborsSpecification
{
    /// <summary>The file's message, with the samples that it was loaded with.</summary>
    public required KNearestNeighborsClassifier Message { get; init; }

    public required NeighborSamples Samples { get; init; }

    /// <summary>The feature that holds the point whose neighbours are looked for.</summary>
    public required MLFeatureDescription Input { get; init; }

    public required NeighborLabels Labels { get; init; }

    /// <summary>Whether near neighbours count for more than far ones.</summary>
    public required bool IsWeighted { get; init; }

    /// <summary>The samples in a leaf of the tree that the file asks for; null for a search of all samples.</summary>
    public int? LeafSize { get; init; }

    public required long NumberOfNeighbors { get; init; }

    /// <summary>The file's message with other samples; all else, unknown fields included, stays.</summary>
    public KNearestNeighborsClassifier MessageWith(NeighborSamples samples)
    {
        KNearestNeighborsClassifier message = Message.Clone();
        message.NearestNeighborsIndex.FloatSamples.Clear();
        for (int i = 0; i < samples.Count; i++)
        {
            var vector = new FloatVector();
            vector.Vector.AddRange(samples[i].ToArray());
            message.NearestNeighborsIndex.FloatSamples.Add(vector);
        }
        if (Labels.AreStrings)
        {
            message.StringClassLabels ??= new StringVector();
            message.StringClassLabels.Vector.Clear();
            message.StringClassLabels.Vector.AddRange(samples.Labels.Cast<string>());
        }
        else
        {
            message.Int64ClassLabels ??= new Int64Vector();
            message.Int64ClassLabels.Vector.Clear();
            message.Int64ClassLabels.Vector.AddRange(samples.Labels.Cast<long>());
        }
        return message;
    }
}

/// <summary>How a nearest-neighbours classifier names its classes.</summary>
/// <param name="AreStrings">Whether labels are strings; else they are <see cref="long"/>.</param>
/// <param name="Default">What is predicted while there are no samples; null if the file has none.</param>
/// <param name="LabelOutput">The output that holds the label; null if there is none.</param>
/// <param name="ProbabilitiesOutput">The output that holds the probabilities; null if there is none.</param>
internal sealed record NeighborLabels(
    bool AreStrings, object? Default, string? LabelOutput, string? ProbabilitiesOutput);
