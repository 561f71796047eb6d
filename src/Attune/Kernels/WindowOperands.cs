namespace Attune.Kernels;

/// <summary>The operands of a <see cref="WindowProduct{TLanes, TVector}"/>, pinned.</summary>
internal unsafe struct WindowOperands
{
    public float* X;

    /// <summary>Values in X from its beginning; nothing after them is read.</summary>
    public long InputLength;

    /// <summary>As packed by the same class.</summary>
    public float* Filters;

    public float* Y;

    /// <summary>Add to Y, rather than overwrite it. Biases are then left out.</summary>
    public bool Add;

    public Epilogue End;
}

/// <summary>Neighbouring filters of one group.</summary>
internal readonly record struct FilterRange(int First, int Count);
