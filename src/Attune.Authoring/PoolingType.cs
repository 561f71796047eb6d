namespace Attune.Authoring;

/// <summary>What a pooling makes of a window.</summary>
public enum PoolingType
{
    /// <summary>The largest element.</summary>
    Max = 0,

    /// <summary>The mean.</summary>
    Average = 1,

    /// <summary>The root of the sum of squares.</summary>
    L2 = 2,
}
