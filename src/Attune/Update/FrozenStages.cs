using Attune.Models;

namespace Attune.Update;

/// <summary>
/// The samples of a pipeline as its last model sees them: what the models before it make of them, and, beside that,
/// training inputs that are no inputs of predictions, such as the label. Each sample goes through those models once
/// for each time that the last model's routine takes it, together with those that come next.
/// </summary>
internal sealed class FrozenStages(IMLBatchProvider data, PipelineModel pipeline, MLModelDescription whole)
    : IMLBatchProvider
{
    // Enough for the models to be at their best; more only takes memory.
    private const int LargestBlock = 32;

    private readonly Dictionary<int, IMLFeatureProvider> ready = [];
    private int[] announced = [];

    public int Count => data.Count;

    public bool IsStable => data.IsStable;

    public void Prepare(ReadOnlySpan<int> indices)
    {
        announced = indices.ToArray();
        data.Prepare(indices);
    }

    public void BeginEpoch(int epoch)
    {
        // Computed from readings of another epoch.
        if (!IsStable)
            ready.Clear();
        data.BeginEpoch(epoch);
    }

    public IMLFeatureProvider GetFeatures(int index)
    {
        if (!ready.TryGetValue(index, out IMLFeatureProvider? features))
        {
            Run(BlockOf(index));
            features = ready[index];
        }
        // The next reading of data that varies gives another sample.
        if (!IsStable)
            ready.Remove(index);
        return features;
    }

    /// <summary>
    /// The sample, and those that are announced and have not been computed. The first ones are read before any is
    /// announced: then those behind it, unless they may be others when they are read.
    /// </summary>
    private int[] BlockOf(int index)
    {
        IEnumerable<int> next = announced.Length == 0 && IsStable
            ? Enumerable.Range(index, Math.Min(LargestBlock, Count - index))
            : announced;
        return [.. next.Where(sample => !ready.ContainsKey(sample)).Prepend(index).Distinct().Take(LargestBlock)];
    }

    private void Run(int[] samples)
    {
        foreach (int old in ready.Keys.Except(announced).ToArray())
            ready.Remove(old);
        IMLFeatureProvider[] originals = [.. samples.Select(data.GetFeatures)];
        FeaturePool[] pools = pipeline.RunFrozen(originals, samples);
        for (int i = 0; i < samples.Length; i++)
            ready[samples[i]] = new TrainingSample(pools[i], originals[i], whole);
    }

    /// <summary>What the models made; of the sample itself what only training takes.</summary>
    private sealed class TrainingSample(FeaturePool pool, IMLFeatureProvider sample, MLModelDescription whole)
        : IMLFeatureProvider
    {
        public IReadOnlySet<string> FeatureNames => pool.FeatureNames.Union(sample.FeatureNames).ToHashSet();

        public MLFeatureValue? GetFeatureValue(string featureName) =>
            whole.TrainingInputDescriptionsByName.ContainsKey(featureName)
            && !whole.InputDescriptionsByName.ContainsKey(featureName)
                ? sample.GetFeatureValue(featureName)
                : pool.GetFeatureValue(featureName);
    }
}
