namespace Attune;

/// <summary>A list of feature providers: the samples of a batch, read in any order.</summary>
/// <remarks>Core ML: <c>MLBatchProvider</c>. Samples may be made when they are asked for, and may be new on every read:
/// that is how training data is varied.</remarks>
public interface IMLBatchProvider
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>One sample.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    IMLFeatureProvider GetFeatures(int index);

    /// <summary>Whether a sample has the same values on every read, so that what the frozen part of a network makes of
    /// it may be kept. Default: false.</summary>
    bool IsStable => false;

    /// <summary>Says which samples will be asked for next, so that they may be made ready beside the caller's own work.
    /// It returns at once, and asks for nothing: samples may come in another order, or not at all. Default: nothing is
    /// done.</summary>
    /// <param name="indices">0 to <see cref="Count"/> - 1 each.</param>
    void Prepare(ReadOnlySpan<int> indices)
    {
    }

    /// <summary>Says that an update begins an epoch, or goes on with one from a checkpoint. A batch that varies its
    /// samples by the epoch that it is told gives a resumed update the same ones, and so the same bits. Default:
    /// nothing is done.</summary>
    /// <param name="epoch">From 0.</param>
    void BeginEpoch(int epoch)
    {
    }
}
