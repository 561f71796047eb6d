using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>How many labels a classifier has, and whether they are numbers.</summary>
/// <param name="Count">The number of labels; of nearest neighbours one for each sample.</param>
/// <param name="AreNumbers">Whether they are numbers rather than texts.</param>
internal sealed record ClassLabels(int Count, bool AreNumbers)
{
    /// <summary>The labels of the classifiers that have an interface for them; null for other types.</summary>
    public static ClassLabels? Of(Model model) => model.TypeCase switch
    {
        Model.TypeOneofCase.NeuralNetworkClassifier => Of(
            model.NeuralNetworkClassifier.StringClassLabels, model.NeuralNetworkClassifier.Int64ClassLabels),
        Model.TypeOneofCase.GlmClassifier =>
            Of(model.GlmClassifier.StringClassLabels, model.GlmClassifier.Int64ClassLabels),
        Model.TypeOneofCase.SupportVectorClassifier =>
            Of(model.SupportVectorClassifier.StringClassLabels, model.SupportVectorClassifier.Int64ClassLabels),
        Model.TypeOneofCase.KNearestNeighborsClassifier => OfNeighbours(model.KNearestNeighborsClassifier),
        _ => null,
    };

    public static ClassLabels Of(StringVector? texts, Int64Vector? numbers) =>
        new(numbers?.Vector.Count ?? texts?.Vector.Count ?? 0, numbers is not null);

    private static ClassLabels OfNeighbours(KNearestNeighborsClassifier neighbours)
    {
        ClassLabels labels = Of(neighbours.StringClassLabels, neighbours.Int64ClassLabels);
        bool hasKind = neighbours.ClassLabelsCase != KNearestNeighborsClassifier.ClassLabelsOneofCase.None;
        bool isNumber = neighbours.HasDefaultInt64Label;
        return hasKind ? labels : labels with { AreNumbers = isNumber };
    }
}
