using Attune.Format;
using Attune.Format.Specification;
using Attune.Kernels;
using Attune.Lowering;
using Layer = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;
using Type = Attune.Format.Specification.Model.TypeOneofCase;

namespace Attune.Models;

/// <summary>Chooses the implementation of a model by its type in the file.</summary>
internal static class ModelFactory
{
    /// <exception cref="MLModelFormatException">The model contradicts itself.</exception>
    public static ModelImplementation Make(ModelContext context)
    {
        try
        {
            return Choose(context);
        }
        catch (MLModelNotSupportedException refusal)
        {
            return new NotSupportedModel(refusal.Message, refusal.Reasons);
        }
    }

    /// <summary>Begins to compile what a network needs for its first prediction, beside its loading.</summary>
    public static void WarmUp(Model specification)
    {
        if (NetworkSpecification.Of(specification) is { } network)
            KernelWarmUp.Begin(windows: network.Layers.Any(layer => layer.LayerCase is Layer.Convolution));
    }

    private static ModelImplementation Choose(ModelContext context) => context.Model.TypeCase switch
    {
        Type.NeuralNetwork => Network(context),
        Type.NeuralNetworkClassifier => Network(context),
        Type.NeuralNetworkRegressor => Network(context),
        Type.ArrayFeatureExtractor => new ArrayFeatureExtractorModel(context),
        Type.BayesianProbitRegressor => new BayesianProbitRegressorModel(context),
        Type.CategoricalMapping => new CategoricalMappingModel(context),
        Type.ClassConfidenceThresholding => new ClassConfidenceThresholdingModel(context),
        Type.DictVectorizer => new DictVectorizerModel(context),
        Type.FeatureVectorizer => new FeatureVectorizerModel(context),
        Type.GlmClassifier => new GlmClassifierModel(context),
        Type.GlmRegressor => new GlmRegressorModel(context),
        Type.Identity => new IdentityModel(context),
        Type.Imputer => new ImputerModel(context),
        Type.ItemSimilarityRecommender => new ItemSimilarityRecommenderModel(context),
        Type.NonMaximumSuppression => new NonMaximumSuppressionModel(context),
        Type.Normalizer => new NormalizerModel(context),
        Type.OneHotEncoder => new OneHotEncoderModel(context),
        Type.Scaler => new ScalerModel(context),
        Type.SupportVectorClassifier => new SupportVectorClassifierModel(context),
        Type.SupportVectorRegressor => new SupportVectorRegressorModel(context),
        Type.TreeEnsembleClassifier => new TreeEnsembleClassifierModel(context),
        Type.TreeEnsembleRegressor => new TreeEnsembleRegressorModel(context),
        Type.KNearestNeighborsClassifier => NearestNeighborsModel.Make(context),
        Type.Pipeline => PipelineModel.Make(context),
        Type.PipelineClassifier => PipelineModel.Make(context),
        Type.PipelineRegressor => PipelineModel.Make(context),
        Type.LinkedModel => LinkedModel.Make(context),
        _ => ExternalModels.Make(context),
    };

    private static NeuralNetworkModel Network(ModelContext context) => new(
        NetworkLowering.Lower(
            context.Document, context.Model, NetworkSpecification.Of(context.Model)!, context.Description),
        context.Workers);
}
