using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>The labels of a classifier, wherever its type keeps them; of a pipeline those of its last
/// model.</summary>
internal static class ClassLabels
{
    /// <summary>Strings, or integers as <see cref="long"/>, in the order of the probabilities; null if the model is no
    /// classifier; empty if it has no labels.</summary>
    public static IReadOnlyList<object>? Of(Model model) => model.TypeCase switch
    {
        Model.TypeOneofCase.NeuralNetworkClassifier => Of(
            model.NeuralNetworkClassifier.StringClassLabels, model.NeuralNetworkClassifier.Int64ClassLabels),
        Model.TypeOneofCase.GlmClassifier =>
            Of(model.GlmClassifier.StringClassLabels, model.GlmClassifier.Int64ClassLabels),
        Model.TypeOneofCase.SupportVectorClassifier => Of(
            model.SupportVectorClassifier.StringClassLabels, model.SupportVectorClassifier.Int64ClassLabels),
        Model.TypeOneofCase.TreeEnsembleClassifier => Of(
            model.TreeEnsembleClassifier.StringClassLabels, model.TreeEnsembleClassifier.Int64ClassLabels),
        // Here labels stand once for each sample.
        Model.TypeOneofCase.KNearestNeighborsClassifier =>
        [
            .. Of(
                model.KNearestNeighborsClassifier.StringClassLabels,
                model.KNearestNeighborsClassifier.Int64ClassLabels).Distinct(),
        ],
        Model.TypeOneofCase.TextClassifier => Of(model.TextClassifier.StringClassLabels, numbers: null),
        _ => ModelFacts.Stages(model) is { Count: > 0 } stages ? Of(stages[^1]) : null,
    };

    private static object[] Of(StringVector? texts, Int64Vector? numbers) =>
        texts is not null ? [.. texts.Vector] : numbers is not null ? [.. numbers.Vector] : [];
}
