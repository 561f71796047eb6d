using Attune.Format.Specification;
using Google.Protobuf;
using Type = Attune.Format.Specification.Model.TypeOneofCase;

namespace Attune.Tests.Models;

/// <summary>Every type that is no network is saved as it was loaded, byte by byte.</summary>
public sealed class TabularRoundTripTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static readonly Type[] Types =
    [
        Type.GlmRegressor, Type.SupportVectorRegressor, Type.TreeEnsembleRegressor, Type.GlmClassifier,
        Type.SupportVectorClassifier, Type.TreeEnsembleClassifier, Type.Identity, Type.Scaler, Type.Normalizer,
        Type.ArrayFeatureExtractor, Type.Imputer, Type.NonMaximumSuppression, Type.CategoricalMapping,
        Type.OneHotEncoder, Type.DictVectorizer, Type.FeatureVectorizer, Type.ItemSimilarityRecommender,
        Type.BayesianProbitRegressor, Type.ClassConfidenceThresholding, Type.CustomModel,
    ];

    [Fact]
    public void A_saved_model_has_the_bytes_that_were_loaded()
    {
        Model[] samples = [.. SmallestModels.All];

        Assert.Equal(Types.Order(), samples.Select(model => model.TypeCase).Order());
        foreach (Model sample in samples)
        {
            byte[] bytes = sample.ToByteArray();
            string path = Path.Combine(folder, $"{sample.TypeCase}.mlmodel");
            MLModel.Load(bytes.AsMemory()).Write(path);
            Assert.Equal(bytes, File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void A_model_cut_short_or_damaged_is_refused_and_nothing_else()
    {
        var random = new Random(1);
        foreach (Model sample in SmallestModels.All)
        {
            byte[] bytes = sample.ToByteArray();
            for (int i = 0; i < 300; i++)
            {
                byte[] damaged = i < bytes.Length && i < 100 ? bytes[..^(i + 1)] : (byte[])bytes.Clone();
                for (int k = 0; k < i % 4 && damaged.Length > 0; k++)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                try
                {
                    _ = MLModel.Load(damaged.AsMemory());
                }
                catch (Exception refusal) when (refusal is MLModelFormatException or MLModelNotSupportedException)
                {
                }
            }
        }
    }
}
