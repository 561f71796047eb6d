using Type = Attune.Format.Specification.Model.TypeOneofCase;

namespace Attune.Format.Validation;

/// <summary>The rules of each type of model, besides those of its features and of its network.</summary>
internal static class TypeRules
{
    /// <summary>Asked where only the rules of one type are.</summary>
    public static IReadOnlyList<ValidationRule<ValidatedModel>> OtherType { get; } =
    [
        new(
            "model.type.other",
            "A model that is taken for one of a type is of that type.",
            "Ask for the model's own type.",
            model => [new Flaw($"The model is of another type: {model.Kind}.")]),
    ];

    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } =
    [
        .. PipelineRules.All,
        .. NeighbourRules.All,
        .. TreeRules.All,
        .. LinearRules.All,
        .. VectorMachineRules.All,
        .. FeatureEngineeringRules.All,
        .. SuppressionRules.All,
        .. SystemModelRules.All,
        .. ExternalModelRules.All,
        .. RecommenderRules.All,
    ];

    public static IReadOnlyList<ValidationRule<ValidatedModel>> Of(Type type) => type switch
    {
        Type.Pipeline or Type.PipelineClassifier or Type.PipelineRegressor => PipelineRules.All,
        Type.KNearestNeighborsClassifier => NeighbourRules.All,
        Type.TreeEnsembleClassifier or Type.TreeEnsembleRegressor => TreeRules.All,
        Type.GlmRegressor or Type.GlmClassifier or Type.BayesianProbitRegressor => LinearRules.All,
        Type.SupportVectorClassifier or Type.SupportVectorRegressor => VectorMachineRules.All,
        Type.OneHotEncoder or Type.Imputer or Type.FeatureVectorizer or Type.DictVectorizer or Type.Scaler
            or Type.CategoricalMapping or Type.Normalizer or Type.ArrayFeatureExtractor => FeatureEngineeringRules.All,
        Type.NonMaximumSuppression or Type.ClassConfidenceThresholding => SuppressionRules.All,
        Type.TextClassifier or Type.WordTagger or Type.Gazetteer or Type.WordEmbedding or Type.VisionFeaturePrint
            or Type.AudioFeaturePrint or Type.SoundAnalysisPreprocessing => SystemModelRules.All,
        Type.CustomModel or Type.LinkedModel => ExternalModelRules.All,
        Type.ItemSimilarityRecommender => RecommenderRules.All,
        _ => [],
    };

    /// <summary>Whether the rules of a type, asked alone, look at each feature too.</summary>
    public static bool LookAtFeatures(Type type) => type is not (
        Type.NeuralNetwork or Type.Pipeline or Type.PipelineClassifier or Type.PipelineRegressor
        or Type.TreeEnsembleClassifier or Type.TreeEnsembleRegressor or Type.BayesianProbitRegressor or Type.Identity
        or Type.TextClassifier or Type.WordTagger or Type.Gazetteer or Type.WordEmbedding or Type.VisionFeaturePrint
        or Type.AudioFeaturePrint or Type.SoundAnalysisPreprocessing);
}
