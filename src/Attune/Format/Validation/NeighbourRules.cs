using Attune.Format.Specification;
using Default = Attune.Format.Specification.KNearestNeighborsClassifier.DefaultClassLabelOneofCase;
using Labels = Attune.Format.Specification.KNearestNeighborsClassifier.ClassLabelsOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on nearest-neighbours classifiers.</summary>
internal static class NeighbourRules
{
    private const string Field = "numberOfNeighbors";

    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } =
    [
        new("neighbours.count.positive", "The number of neighbours is positive.", "Set it to 1 or more.", Positive),
        new(
            "neighbours.count.allowed",
            "The default number of neighbours is among the allowed ones.",
            "Allow the default, or choose another.",
            Allowed),
        new(
            "neighbours.weighting",
            "Votes are weighted: alike, or by distance.",
            "Set uniformWeighting or inverseDistanceWeighting.",
            Weighting),
        new(
            "neighbours.label.default",
            "The label of an empty classifier is of the type of the labels, and is there where there are none.",
            "Set the default label of that type.",
            DefaultLabel),
        new(
            "neighbours.samples.count",
            "There are as many samples as labels.",
            "Give one label for each sample.",
            SampleCount),
        new(
            "neighbours.samples.size",
            "Each sample has as many numbers as there are dimensions.",
            "Correct numberOfDimensions, or the samples.",
            SampleSize),
        new(
            "neighbours.index",
            "Samples are found by a linear index or a tree with leaves of 1 sample or more.",
            "Set linearIndex, or singleKdTreeIndex with a leafSize.",
            Index),
        new(
            "neighbours.distance",
            "The distance is the squared Euclidean one.",
            "Set squaredEuclideanDistance.",
            Distance),
    ];

    private static IEnumerable<Flaw> Positive(ValidatedModel model) =>
        ParameterRules.Positive(Field, Neighbours(model).NumberOfNeighbors ?? new Int64Parameter(), Field);

    private static IEnumerable<Flaw> Allowed(ValidatedModel model) =>
        ParameterRules.Allowed(Field, Neighbours(model).NumberOfNeighbors ?? new Int64Parameter(), Field);

    private static IEnumerable<Flaw> Weighting(ValidatedModel model)
    {
        if (Neighbours(model).WeightingSchemeCase == KNearestNeighborsClassifier.WeightingSchemeOneofCase.None)
            yield return new Flaw("A nearest-neighbours classifier takes a weighting; the file gives none.");
    }

    private static IEnumerable<Flaw> DefaultLabel(ValidatedModel model)
    {
        KNearestNeighborsClassifier neighbours = Neighbours(model);
        bool differs = (neighbours.DefaultClassLabelCase, neighbours.ClassLabelsCase) is
            (Default.DefaultStringLabel, Labels.Int64ClassLabels)
            or (Default.DefaultInt64Label, Labels.StringClassLabels);
        if (differs)
            yield return new Flaw("The default label is of the type of the labels; it is of another.");
        if (neighbours.DefaultClassLabelCase == Default.None && ClassLabels.Of(model.Model)!.Count == 0)
            yield return new Flaw("A classifier without samples takes a default label; the file gives none.");
    }

    private static IEnumerable<Flaw> SampleCount(ValidatedModel model)
    {
        int samples = Index(Neighbours(model)).FloatSamples.Count;
        int labels = ClassLabels.Of(model.Model)!.Count;
        if (samples != labels)
            yield return new Flaw(
                $"A nearest-neighbours classifier takes one label per sample; got {labels} labels for {samples} " +
                "samples.",
                "nearestNeighborsIndex.floatSamples");
    }

    private static IEnumerable<Flaw> SampleSize(ValidatedModel model)
    {
        NearestNeighborsIndex index = Index(Neighbours(model));
        for (int i = 0; i < index.FloatSamples.Count; i++)
            if (index.FloatSamples[i].Vector.Count != index.NumberOfDimensions)
                yield return new Flaw(
                    $"A sample takes {index.NumberOfDimensions} numbers; got {index.FloatSamples[i].Vector.Count}.",
                    $"nearestNeighborsIndex.floatSamples[{i}]");
    }

    private static IEnumerable<Flaw> Index(ValidatedModel model)
    {
        NearestNeighborsIndex index = Index(Neighbours(model));
        if (index.IndexTypeCase == NearestNeighborsIndex.IndexTypeOneofCase.None)
            yield return new Flaw("A nearest-neighbours classifier takes an index; the file gives none.");
        if (index.SingleKdTreeIndex is { LeafSize: <= 0 } tree)
            yield return new Flaw(
                $"A tree takes a leaf size of 1 or more; got {tree.LeafSize}.", "nearestNeighborsIndex");
    }

    private static IEnumerable<Flaw> Distance(ValidatedModel model)
    {
        if (Index(Neighbours(model)).DistanceFunctionCase == NearestNeighborsIndex.DistanceFunctionOneofCase.None)
            yield return new Flaw("A nearest-neighbours classifier takes a distance; the file gives none.");
    }

    private static KNearestNeighborsClassifier Neighbours(ValidatedModel model) =>
        model.Model.KNearestNeighborsClassifier;

    private static NearestNeighborsIndex Index(KNearestNeighborsClassifier neighbours) =>
        neighbours.NearestNeighborsIndex ?? new NearestNeighborsIndex();
}
