namespace Attune.Kernels;

/// <summary>
/// What happens to a finished sum before it is stored for the last time: a bias is added, negative values become 0.
/// Pointers, since it travels inside jobs; whoever fills it keeps the memory pinned until the product is done.
/// </summary>
internal readonly unsafe struct Epilogue
{
    /// <summary>One value per row of C, or null.</summary>
    public float* RowBias { get; init; }

    /// <summary>One value per column of C, or null.</summary>
    public float* ColumnBias { get; init; }

    public bool Rectify { get; init; }
}
