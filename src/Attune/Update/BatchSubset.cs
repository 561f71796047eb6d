using Attune.Runtime;

namespace Attune.Update;

/// <summary>Some members of a batch, as a batch.</summary>
internal sealed class BatchSubset(IMLBatchProvider batch, int[] indices) : IMLBatchProvider
{
    /// <summary>The numbers of the members in the whole batch.</summary>
    public IReadOnlyList<int> Indices => indices;

    public int Count => indices.Length;

    public bool IsStable => batch.IsStable;

    public IMLFeatureProvider GetFeatures(int index) => batch.GetFeatures(indices[index]);

    public void Prepare(ReadOnlySpan<int> subset)
    {
        Span<int> wanted = subset.Length <= 256 ? stackalloc int[subset.Length] : new int[subset.Length];
        for (int i = 0; i < subset.Length; i++)
            wanted[i] = indices[subset[i]];
        batch.Prepare(wanted);
    }

    public void BeginEpoch(int epoch) => batch.BeginEpoch(epoch);

    /// <summary>Takes a share of the members away at random, at least one and never all. Both parts keep the batch's
    /// order. docs/updates.md says which are taken.</summary>
    /// <param name="batch">Two members or more.</param>
    /// <param name="share">Of the second part, above 0 and below 1.</param>
    /// <param name="seed">Where the random stream starts.</param>
    public static (BatchSubset Kept, BatchSubset Taken) Split(IMLBatchProvider batch, double share, long seed)
    {
        int count = batch.Count;
        if (count < 2)
            throw new ArgumentException(
                $"Holding out a share of the training data takes at least 2 samples; got {count}.");
        int[] order = [.. Enumerable.Range(0, count)];
        new RandomStream(seed).Shuffle(order);
        int taken = Math.Clamp((int)Math.Round(count * share), 1, count - 1);
        BatchSubset Part(IEnumerable<int> members) => new(batch, [.. members.Order()]);
        return (Part(order[taken..]), Part(order[..taken]));
    }
}
