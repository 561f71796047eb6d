using Attune.Format.Specification;
using Feature = Attune.Format.Specification.FeatureType.TypeOneofCase;
using Type = Attune.Format.Specification.Model.TypeOneofCase;

namespace Attune.Format.Validation;

/// <summary>How many features of which types a model takes or makes.</summary>
/// <param name="Most">As many as there may be; 0 for any number.</param>
/// <param name="Types">The types that they may have; none for any.</param>
internal readonly record struct FeatureList(int Most, params Feature[] Types);

/// <summary>
/// The inputs and outputs of model types that are no networks or pipelines. Source: the comments of the format and the
/// validator of Core ML's tools.
/// </summary>
internal static class ModelInterfaces
{
    private static readonly FeatureList Any = new(0);
    private static readonly FeatureList OneArray = new(1, Feature.MultiArrayType);
    private static readonly FeatureList OneText = new(1, Feature.StringType);
    private static readonly FeatureList Vector =
        new(0, Feature.DoubleType, Feature.Int64Type, Feature.MultiArrayType);
    private static readonly FeatureList OneNumberOrArray =
        new(1, Feature.Int64Type, Feature.DoubleType, Feature.MultiArrayType);
    private static readonly FeatureList OneImputed = new(
        1, Feature.Int64Type, Feature.DoubleType, Feature.MultiArrayType, Feature.StringType, Feature.DictionaryType);

    public static (FeatureList Inputs, FeatureList Outputs) Of(Model model) => model.TypeCase switch
    {
        Type.GlmRegressor => (Vector, new FeatureList(0, Feature.DoubleType)),
        Type.GlmClassifier or Type.SupportVectorClassifier or Type.SupportVectorRegressor => (Vector, Any),
        Type.BayesianProbitRegressor => (new FeatureList(0, Feature.MultiArrayType), Any),
        Type.OneHotEncoder => (
            new FeatureList(1, Feature.Int64Type, Feature.StringType),
            model.OneHotEncoder.OutputSparse ? new FeatureList(1, Feature.DictionaryType) : OneArray),
        Type.Imputer => (OneImputed, OneImputed),
        Type.FeatureVectorizer => (
            new FeatureList(0, Feature.Int64Type, Feature.DoubleType, Feature.MultiArrayType, Feature.DictionaryType),
            OneArray),
        Type.DictVectorizer => (
            new FeatureList(1, Feature.DictionaryType),
            new FeatureList(1, Feature.DictionaryType, Feature.MultiArrayType)),
        Type.Scaler => (OneNumberOrArray, OneNumberOrArray),
        Type.CategoricalMapping => Mapping(model.CategoricalMapping),
        Type.Normalizer => (OneArray, OneArray),
        Type.ArrayFeatureExtractor => (OneArray, OneNumberOrArray),
        Type.TextClassifier or Type.Gazetteer => (OneText, OneText),
        Type.WordTagger => (OneText, new FeatureList(0, Feature.SequenceType)),
        Type.WordEmbedding => (OneText, OneArray),
        Type.VisionFeaturePrint => (new FeatureList(1, Feature.ImageType), OfVision(model.VisionFeaturePrint)),
        Type.AudioFeaturePrint => (
            OneArray,
            model.AudioFeaturePrint.Sound?.Version == AudioFeaturePrint.Types.Sound.Types.SoundVersion._1
                ? OneArray
                : Any),
        Type.SoundAnalysisPreprocessing => (OneArray, OneArray),
        _ => (Any, Any),
    };

    private static FeatureList OfVision(VisionFeaturePrint print) => print switch
    {
        { Scene.Version: VisionFeaturePrint.Types.Scene.Types.SceneVersion._1 } => OneArray,
        { Objects.Version: VisionFeaturePrint.Types.Objects.Types.ObjectsVersion._1 } =>
            new FeatureList(2, Feature.MultiArrayType),
        _ => Any,
    };

    private static (FeatureList Inputs, FeatureList Outputs) Mapping(CategoricalMapping mapping)
    {
        var texts = new FeatureList(1, Feature.StringType, Feature.SequenceType);
        var numbers = new FeatureList(1, Feature.Int64Type, Feature.SequenceType);
        return mapping.MappingTypeCase switch
        {
            CategoricalMapping.MappingTypeOneofCase.StringToInt64Map => (texts, numbers),
            CategoricalMapping.MappingTypeOneofCase.Int64ToStringMap => (numbers, texts),
            _ => (Any, Any),
        };
    }
}
