using Attune.Format.Specification;
using Labels = Attune.Format.Specification.KNearestNeighborsClassifier.ClassLabelsOneofCase;

namespace Attune.Lowering;

/// <summary>Reads a nearest-neighbours classifier, and refuses one that contradicts itself.</summary>
internal static class NeighborsReader
{
    /// <exception cref="MLModelFormatException">Something is missing or contradicts itself.</exception>
    public static NeighborsSpecification Read(KNearestNeighborsClassifier message, MLModelDescription description)
    {
        NearestNeighborsIndex index = message.NearestNeighborsIndex ?? throw Refuse("an index of samples", "none");
        if (index.NumberOfDimensions < 1)
            throw Refuse("samples of 1 dimension or more", $"{index.NumberOfDimensions}");
        if (message.NumberOfNeighbors is not { DefaultValue: >= 1 } neighbors)
            throw Refuse("a number of neighbours of 1 or more", $"{message.NumberOfNeighbors?.DefaultValue ?? 0}");
        if (index.DistanceFunctionCase != NearestNeighborsIndex.DistanceFunctionOneofCase.SquaredEuclideanDistance)
            throw Refuse("the squared Euclidean distance", "a distance that is not known");
        if (message.WeightingSchemeCase == KNearestNeighborsClassifier.WeightingSchemeOneofCase.None)
            throw Refuse("uniform or inverse distance weighting", "none that is known");

        object[] labels = ReadLabels(message, index.FloatSamples.Count);
        return new NeighborsSpecification
        {
            Message = message,
            Samples = new NeighborSamples(index.NumberOfDimensions, ReadSamples(index), labels),
            Input = ReadInput(description, index.NumberOfDimensions),
            Labels = ReadOutputs(message, description, labels.Length),
            IsWeighted = message.WeightingSchemeCase
                == KNearestNeighborsClassifier.WeightingSchemeOneofCase.InverseDistanceWeighting,
            LeafSize = ReadLeafSize(index),
            NumberOfNeighbors = neighbors.DefaultValue,
        };
    }

    private static int? ReadLeafSize(NearestNeighborsIndex index) => index.IndexTypeCase switch
    {
        NearestNeighborsIndex.IndexTypeOneofCase.LinearIndex => null,
        NearestNeighborsIndex.IndexTypeOneofCase.SingleKdTreeIndex => index.SingleKdTreeIndex.LeafSize >= 1
            ? index.SingleKdTreeIndex.LeafSize
            : throw Refuse("a tree whose leaves hold 1 sample or more", $"{index.SingleKdTreeIndex.LeafSize}"),
        _ => throw Refuse("a linear index or a tree", "none that is known"),
    };

    private static float[] ReadSamples(NearestNeighborsIndex index)
    {
        int dimensions = index.NumberOfDimensions;
        for (int i = 0; i < index.FloatSamples.Count; i++)
            if (index.FloatSamples[i].Vector.Count != dimensions)
                throw Refuse(
                    $"samples of {dimensions} numbers", $"{index.FloatSamples[i].Vector.Count} in sample {i}");

        // Every sample has been counted, so that the file is as large as what is asked for.
        var values = new float[checked(index.FloatSamples.Count * dimensions)];
        for (int i = 0; i < index.FloatSamples.Count; i++)
            index.FloatSamples[i].Vector.CopyTo(values, i * dimensions);
        int bad = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return bad < 0 ? values : throw Refuse("finite samples", $"{values[bad]} in sample {bad / dimensions}");
    }

    private static object[] ReadLabels(KNearestNeighborsClassifier message, int samples)
    {
        object[] labels = message.ClassLabelsCase switch
        {
            Labels.StringClassLabels => [.. message.StringClassLabels.Vector],
            Labels.Int64ClassLabels => [.. message.Int64ClassLabels.Vector],
            _ => [],
        };
        return labels.Length == samples
            ? labels
            : throw Refuse($"a label for each of its {samples} samples", $"{labels.Length}");
    }

    private static MLFeatureDescription ReadInput(MLModelDescription description, int dimensions)
    {
        MLFeatureDescription[] inputs = [.. description.InputDescriptionsByName.Values];
        if (inputs is not [{ MultiArrayConstraint: { } constraint } input])
            throw Refuse("one input, a multi-array", $"{string.Join(", ", inputs.Select(given => given.ToString()))}");
        if (constraint.Shape.Count > 0 && constraint.Shape.Aggregate(1L, (count, size) => count * size) != dimensions)
            throw Refuse($"an input of {dimensions} numbers, as many as its samples have", $"{constraint}");
        return input;
    }

    private static NeighborLabels ReadOutputs(
        KNearestNeighborsClassifier message, MLModelDescription description, int samples)
    {
        object? standard = message.DefaultClassLabelCase switch
        {
            KNearestNeighborsClassifier.DefaultClassLabelOneofCase.DefaultStringLabel => message.DefaultStringLabel,
            KNearestNeighborsClassifier.DefaultClassLabelOneofCase.DefaultInt64Label => message.DefaultInt64Label,
            _ => null,
        };
        if (standard is null && samples == 0)
            throw Refuse("a default label while it has no samples", "none");
        bool areStrings = message.ClassLabelsCase == Labels.StringClassLabels
            || (message.ClassLabelsCase == Labels.None && standard is string);
        if (standard is not null && standard is string != areStrings)
            throw Refuse($"a default label of the labels' type", $"'{standard}'");

        MLFeatureType type = areStrings ? MLFeatureType.String : MLFeatureType.Int64;
        foreach (MLFeatureDescription output in description.OutputDescriptionsByName.Values)
            if (!(output.Name == description.PredictedFeatureName && output.Type == type)
                && !(output.Name == description.PredictedProbabilitiesName
                    && output.DictionaryConstraint?.KeyType == type))
                throw Refuse(
                    $"a label and a dictionary of probabilities as outputs, with {type} labels",
                    $"'{output.Name}', {output.Type}");
        return new NeighborLabels(
            areStrings, standard, Declared(description.PredictedFeatureName),
            Declared(description.PredictedProbabilitiesName));

        string? Declared(string? name) =>
            name is not null && description.OutputDescriptionsByName.ContainsKey(name) ? name : null;
    }

    private static MLModelFormatException Refuse(string takes, string got) => new(
        $"A nearest-neighbours classifier takes {takes}; got {got}. Repair the file.", "kNearestNeighborsClassifier");
}
