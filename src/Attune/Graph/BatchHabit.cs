namespace Attune.Graph;

/// <summary>How a layer likes the samples of a batch.</summary>
internal enum BatchHabit
{
    /// <summary>It does not matter.</summary>
    Either,

    /// <summary>
    /// All together: the layer reads large weights, which are then read once for all samples.
    /// </summary>
    Together,

    /// <summary>
    /// One after the other: what the layers around it make of one sample fits the caches, that of a batch does not.
    /// </summary>
    Apart,
}
