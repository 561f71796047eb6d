using System.Runtime.InteropServices;

namespace Attune.Tests.Update;

/// <summary>What must not change results, and what must.</summary>
public class UpdateOptionsTests
{
    [Fact]
    public async Task Results_have_the_same_bits_for_any_number_of_threads()
    {
        byte[] one = await Train(new MLModelConfiguration { MaxThreads = 1 });

        Assert.Equal(one, await Train(new MLModelConfiguration { MaxThreads = 2 }));
        Assert.Equal(one, await Train(new MLModelConfiguration { MaxThreads = 8 }));
    }

    // 5 samples of 32 features and one target are 660 bytes; 264 are two samples.
    [Theory]
    [InlineData(0)]
    [InlineData(264)]
    [InlineData(1_000_000)]
    public async Task Results_have_the_same_bits_whatever_is_kept(long budget)
    {
        byte[] kept = await Train(Frozen(budget: null));

        Assert.Equal(kept, await Train(Frozen(budget)));
    }

    [Fact]
    public async Task Results_have_the_same_bits_for_data_that_is_not_stable()
    {
        byte[] kept = await Train(Frozen(budget: null));

        Assert.Equal(kept, await Train(Frozen(budget: null), new Unstable(TestModels.ClassifierSamples())));
    }

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 15)]
    public async Task Stable_data_is_read_once_and_other_data_in_each_epoch(bool isStable, int reads)
    {
        var data = new Unstable(TestModels.ClassifierSamples()) { IsStable = isStable };

        await Train(Frozen(budget: null), data);

        // One more read finds the shapes.
        Assert.Equal(reads + 1, data.Reads);
    }

    [Fact]
    public async Task Layers_chosen_at_run_time_are_trained_and_no_others()
    {
        MLModel before = TestModels.Load(TestModels.SmallClassifier());

        MLUpdateContext context =
            await new MLUpdateTask(before, TestModels.ClassifierSamples(), Frozen(null)).RunAsync();

        Assert.Equal(
            TestModels.Numbers(before, "conv", MLParameterKey.Weights),
            TestModels.Numbers(context.Model, "conv", MLParameterKey.Weights));
        Assert.NotEqual(
            TestModels.Numbers(before, "dense", MLParameterKey.Weights),
            TestModels.Numbers(context.Model, "dense", MLParameterKey.Weights));
    }

    [Fact]
    public void A_layer_without_weights_cannot_be_chosen()
    {
        var configuration = new MLModelConfiguration { UpdateOptions = new() { TrainableLayers = ["pool"] } };

        var refusal = Assert.Throws<ArgumentException>(() => new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()), TestModels.ClassifierSamples(), configuration));

        Assert.Contains("got 'pool'. Such layers are: conv, dense.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Core_ML_profile_refuses_what_Core_ML_cannot_train()
    {
        Attune.Format.Specification.Model model = TestModels.SmallClassifier();
        model.NeuralNetworkClassifier.Layers[1].Activation = new() { LeakyReLU = new() { Alpha = 0.1f } };
        MLUpdateTask Make(MLUpdateProfile profile) => new(
            TestModels.Load(model),
            TestModels.ClassifierSamples(),
            new MLModelConfiguration { UpdateOptions = new() { Profile = profile } });

        Make(MLUpdateProfile.Any);
        var refusal = Assert.Throws<MLModelNotSupportedException>(() => Make(MLUpdateProfile.CoreML));

        Assert.Contains("'relu'", Assert.Single(refusal.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void The_Core_ML_profile_takes_what_Core_ML_trains() => _ = new MLUpdateTask(
        TestModels.Load(TestModels.SmallClassifier()),
        TestModels.ClassifierSamples(),
        new MLModelConfiguration { UpdateOptions = new() { Profile = MLUpdateProfile.CoreML } });

    [Fact]
    public async Task A_seed_repeats_a_run_and_another_does_not()
    {
        byte[] first = await Train(Shuffled(seed: 3));

        Assert.Equal(first, await Train(Shuffled(seed: 3)));
        Assert.NotEqual(first, await Train(Shuffled(seed: 4)));
    }

    [Fact]
    public async Task The_first_epoch_is_shuffled_only_on_request()
    {
        byte[] inOrder = await Train(new MLModelConfiguration { Parameters = { [MLParameterKey.Epochs] = 1 } });

        Assert.Equal(inOrder, await Train(Shuffled(seed: 3, epochs: 1)));
        Assert.NotEqual(inOrder, await Train(Shuffled(seed: 3, epochs: 1, first: true)));
    }

    [Fact]
    public async Task A_seed_that_nobody_gives_is_the_standard_one_or_random()
    {
        Assert.Equal(MLUpdateOptions.StandardSeed, await SeedOf(new MLUpdateOptions()));
        Assert.Equal(12, await SeedOf(new MLUpdateOptions { DefaultSeed = 12 }));
        Assert.NotEqual(
            await SeedOf(new MLUpdateOptions { DefaultSeed = null }),
            await SeedOf(new MLUpdateOptions { DefaultSeed = null }));
    }

    [Fact]
    public async Task Data_hears_which_samples_come_next_before_they_are_read()
    {
        var data = new Unstable(TestModels.ClassifierSamples());

        await Train(Shuffled(seed: 3), data);

        // All mini-batches but the first of each of the three epochs.
        int first = TestModels.Load(TestModels.SmallClassifier()).ParameterValue(MLParameterKey.MiniBatchSize) is long
            and var size ? (int)size : 0;
        Assert.InRange(first, 1, data.Count - 1);
        Assert.Equal(3 * (data.Count - first), data.Announced);
    }

    private static async Task<long> SeedOf(MLUpdateOptions options)
    {
        MLUpdateContext context = await new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()),
            TestModels.ClassifierSamples(),
            new MLModelConfiguration { UpdateOptions = options }).RunAsync();
        return (long)context.Parameters[MLParameterKey.Seed];
    }

    private static MLModelConfiguration Frozen(long? budget) =>
        new() { UpdateOptions = new() { TrainableLayers = ["dense"], CacheBudget = budget } };

    private static MLModelConfiguration Shuffled(long seed, int epochs = 3, bool first = false) => new()
    {
        Parameters =
        {
            [MLParameterKey.Epochs] = epochs, [MLParameterKey.Shuffle] = true, [MLParameterKey.Seed] = seed,
        },
        UpdateOptions = new() { ShuffleFirstEpoch = first },
    };

    private static async Task<byte[]> Train(MLModelConfiguration configuration, IMLBatchProvider? data = null)
    {
        MLUpdateContext context = await new MLUpdateTask(
            TestModels.Load(TestModels.SmallClassifier()),
            data ?? TestModels.ClassifierSamples(),
            configuration).RunAsync();
        return
        [
            .. MemoryMarshal.AsBytes<float>(TestModels.Numbers(context.Model, "conv", MLParameterKey.Weights)),
            .. MemoryMarshal.AsBytes<float>(TestModels.Numbers(context.Model, "dense", MLParameterKey.Weights)),
        ];
    }

    private sealed class Unstable(MLArrayBatchProvider samples) : IMLBatchProvider
    {
        private readonly HashSet<int> coming = [];

        public int Reads { get; private set; }

        /// <summary>How many of the readings were said to come.</summary>
        public int Announced { get; private set; }

        public bool IsStable { get; init; }

        public int Count => samples.Count;

        public IMLFeatureProvider GetFeatures(int index)
        {
            Reads++;
            Announced += coming.Remove(index) ? 1 : 0;
            return samples.GetFeatures(index);
        }

        public void Prepare(ReadOnlySpan<int> indices)
        {
            coming.Clear();
            foreach (int index in indices)
                coming.Add(index);
        }
    }
}
