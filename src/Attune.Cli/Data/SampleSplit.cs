using Attune.Runtime;

namespace Attune.Cli.Data;

/// <summary>Some of the samples of a batch.</summary>
internal sealed class SampleSplit(IMLBatchProvider batch, int[] indices) : IMLBatchProvider
{
    public int Count => indices.Length;

    public bool IsStable => batch.IsStable;

    public IMLFeatureProvider GetFeatures(int index) => batch.GetFeatures(indices[index]);

    public void Prepare(ReadOnlySpan<int> wanted)
    {
        var inner = new int[wanted.Length];
        for (int i = 0; i < inner.Length; i++)
            inner[i] = indices[wanted[i]];
        batch.Prepare(inner);
    }

    /// <summary>Parts samples at random, at least one on each side; both keep their order and their names.</summary>
    /// <param name="samples">Two or more.</param>
    /// <param name="share">Of the second part, above 0 and below 1.</param>
    /// <param name="seed">Where the random numbers start.</param>
    public static (Samples Kept, Samples Taken) Split(Samples samples, double share, long seed)
    {
        int count = samples.Batch.Count;
        if (count < 2)
            throw new ToolException($"Holding out a share of the samples takes at least 2; there is {count}.");
        int[] order = [.. Enumerable.Range(0, count)];
        new RandomStream(seed).Shuffle(order);
        int taken = Math.Clamp((int)Math.Round(count * share), 1, count - 1);
        return (Part(samples, order[taken..]), Part(samples, order[..taken]));
    }

    private static Samples Part(Samples samples, int[] members)
    {
        int[] ordered = [.. members.Order()];
        return new Samples([.. ordered.Select(i => samples.Names[i])], new SampleSplit(samples.Batch, ordered));
    }
}
