namespace Attune;

/// <summary>
/// How far apart two samples of a nearest-neighbours classifier are. Files know the Euclidean distance alone; the other
/// is an option of the application, which is not saved.
/// </summary>
public enum MLNeighborDistance
{
    /// <summary>The length of the difference, as in Core ML. The default.</summary>
    Euclidean = 0,

    /// <summary>
    /// 1 - cos of the angle between the two, from 0 (the same direction) to 2 (opposite ones); lengths do not count. It
    /// suits embeddings whose direction alone was trained. A vector of zeros is at the distance 1 from all others.
    /// </summary>
    Cosine = 1,
}
