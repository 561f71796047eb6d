using Attune.Runtime;

namespace Attune.Update;

/// <summary>
/// The order of the samples in each epoch. The first epoch goes as the data comes; every later one, if shuffling is on,
/// takes a fresh permutation of 0 to N - 1 from one random stream. Written down in docs/updates.md and tested by value.
/// </summary>
internal sealed class SampleOrder(int count, bool shuffle, bool shuffleFirst, long seed)
{
    private readonly RandomStream random = new(seed);
    private readonly int[] order = new int[count];

    /// <summary>Where the random stream stands before the order of the epoch that is learned, or is next, is drawn.
    /// </summary>
    public RandomState Start { get; private set; }

    public ReadOnlySpan<int> Begin(int epoch)
    {
        Start = random.State;
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        if (shuffle && (epoch > 0 || shuffleFirst))
            random.Shuffle(order);
        return order;
    }

    /// <summary>The epoch is learned; another one is next.</summary>
    public void End() => Start = random.State;

    /// <summary>Goes to where the order of an epoch is drawn.</summary>
    public void ReturnTo(RandomState start) => Start = random.State = start;
}
