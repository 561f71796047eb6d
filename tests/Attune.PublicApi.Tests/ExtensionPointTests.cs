namespace Attune.PublicApi.Tests;

/// <summary>What callers may implement themselves, and the whole route, with nothing but public members.</summary>
public sealed class ExtensionPointTests
{
    [Fact]
    public void A_model_predicts_from_a_providers_own_values()
    {
        MLModel model = Easy.Builder().Build();
        var configuration = new MLModelConfiguration
        {
            Parameters =
            {
                [MLParameterKey.Weights.Scoped("line")] = Easy.One(3),
                [MLParameterKey.Biases.Scoped("line")] = Easy.One(0.5f),
            },
        };
        using var folder = new TemporaryFolder();
        model.Write(folder.Place("line.mlmodel"));

        IMLFeatureProvider output = MLModel.Load(folder.Place("line.mlmodel"), configuration).Prediction(new Point(2));

        Assert.Equal(6.5, output.GetFeatureValue("y")!.MultiArrayValue![0]); // 3·2 + 0.5
    }

    [Fact]
    public async Task A_batch_that_makes_its_samples_is_read_once_per_epoch()
    {
        var samples = new Fresh();
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.Epochs] = 3 } };

        await new MLUpdateTask(Easy.Model(), samples, configuration).RunAsync();

        // Three epochs, and the first sample once more, for its shape.
        Assert.Equal([4, 3, 3, 3], samples.Reads);
    }

    [Fact]
    public async Task A_batch_that_says_it_is_stable_is_read_once()
    {
        var samples = new Stable();
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.Epochs] = 3 } };

        await new MLUpdateTask(Easy.Model(), samples, configuration).RunAsync();

        Assert.Equal([2, 1, 1, 1], samples.Reads);
    }

    [Fact]
    public async Task A_model_is_loaded_updated_and_saved()
    {
        using var folder = new TemporaryFolder();
        Easy.Builder().Save(folder.Place("line.mlmodel"));
        MLModel model = await MLModel.LoadAsync(folder.Place("line.mlmodel"));

        MLUpdateContext update = await new MLUpdateTask(model, Easy.Samples()).RunAsync();

        foreach (string name in new[] { "new.mlmodel", "new.mlpackage", "new.mlmodelc" })
        {
            update.Model.Write(folder.Place(name));
            Assert.Equal(Easy.Predict(update.Model, 0.3f), Easy.Predict(MLModel.Load(folder.Place(name)), 0.3f));
        }
        Assert.Equal(0, Easy.Predict(model, 0.3f));
        Assert.Equal(1.6, Easy.Predict(update.Model, 0.3f), 0.05); // 2·0.3 + 1, after 50 epochs of 4 steps
    }

    [Fact]
    public async Task Progress_is_reported_at_the_end_of_each_epoch()
    {
        var seen = new Epochs();
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.Epochs] = 4 } };

        await new MLUpdateTask(Easy.Model(), Easy.Samples(), configuration).RunAsync(seen);

        Assert.Equal([0L, 1, 2, 3], seen.Indexes);
    }

    [Fact]
    public async Task A_sample_that_does_not_fit_is_named()
    {
        var samples = new MLArrayBatchProvider([Easy.Sample(1), new MLDictionaryFeatureProvider { ["x"] = 1.0 }]);

        MLFeatureException error =
            await Assert.ThrowsAsync<MLFeatureException>(() => new MLUpdateTask(Easy.Model(), samples).RunAsync());

        Assert.Equal(1, error.SampleIndex);
        Assert.Equal("x", error.FeatureName);
    }

    private sealed record Point(float X) : IMLFeatureProvider
    {
        public IReadOnlySet<string> FeatureNames { get; } = new HashSet<string> { "x" };

        public MLFeatureValue? GetFeatureValue(string featureName) =>
            featureName == "x" ? MLFeatureValue.FromMultiArray(Easy.One(X)) : null;
    }

    private sealed class Fresh : IMLBatchProvider
    {
        public int[] Reads { get; } = new int[4];

        public int Count => Reads.Length;

        public IMLFeatureProvider GetFeatures(int index)
        {
            Reads[index]++;
            return Easy.Sample(index / 4f);
        }
    }

    private sealed class Stable : IMLBatchProvider
    {
        private readonly Fresh samples = new();

        public int[] Reads => samples.Reads;

        public int Count => samples.Count;

        public bool IsStable => true;

        public IMLFeatureProvider GetFeatures(int index) => samples.GetFeatures(index);
    }

    private sealed class Epochs : IProgress<MLUpdateContext>
    {
        public List<long> Indexes { get; } = [];

        public void Report(MLUpdateContext value) => Indexes.Add((long)value.Metrics[MLMetricKey.EpochIndex]);
    }
}
