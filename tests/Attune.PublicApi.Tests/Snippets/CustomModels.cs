namespace Attune.PublicApi.Tests.Snippets;

/// <summary>Models that the application computes itself.</summary>
internal static class CustomModels
{
    public static MLModelConfiguration Register()
    {
        #region custom-models
        var configuration = new MLModelConfiguration();
        configuration.CustomModels["MyEmbedding"] = (parameters, description) => new MyEmbedding(parameters);
        configuration.CustomModels["visionFeaturePrint"] = (parameters, description) => new MyImageFeatures();
        #endregion
        return configuration;
    }

    /// <summary>Twice the file's scale times the input.</summary>
    internal sealed class MyEmbedding(IReadOnlyDictionary<string, object> parameters) : IMLCustomModel
    {
        public IMLFeatureProvider Prediction(IMLFeatureProvider input, MLPredictionOptions options) =>
            new MLDictionaryFeatureProvider
            {
                ["y"] = 2 * (double)parameters["scale"] * input.GetFeatureValue("x")!.DoubleValue,
            };
    }

    /// <summary>The width of the image.</summary>
    internal sealed class MyImageFeatures : IMLCustomModel
    {
        public IMLFeatureProvider Prediction(IMLFeatureProvider input, MLPredictionOptions options) =>
            new MLDictionaryFeatureProvider
            {
                ["features"] = (double)input.GetFeatureValue("image")!.ImageBufferValue!.Width,
            };
    }
}
