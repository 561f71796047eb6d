namespace Attune.Kernels;

/// <summary>
/// A walk over an n-dimensional box in row-major order, in which two arrays advance each by its own strides. Lives on
/// the stack: rank at most <see cref="MostRank"/>.
/// </summary>
internal ref struct StridedWalk
{
    public const int MostRank = 8;

    private readonly ReadOnlySpan<int> shape;
    private readonly ReadOnlySpan<int> stridesA;
    private readonly ReadOnlySpan<int> stridesB;
    private readonly Span<int> at;

    /// <param name="shape">The outer dimensions of the box.</param>
    /// <param name="stridesA">Elements that array A advances per step of each dimension; 0 repeats.</param>
    /// <param name="stridesB">The same for B.</param>
    /// <param name="counter">Memory for as many numbers as there are dimensions.</param>
    public StridedWalk(
        ReadOnlySpan<int> shape, ReadOnlySpan<int> stridesA, ReadOnlySpan<int> stridesB, Span<int> counter)
    {
        this.shape = shape;
        this.stridesA = stridesA;
        this.stridesB = stridesB;
        at = counter[..shape.Length];
        at.Clear();
    }

    public int OffsetA { get; private set; }

    public int OffsetB { get; private set; }

    /// <summary>To the next place; after the last, back to the first.</summary>
    public void Advance()
    {
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            OffsetA += stridesA[axis];
            OffsetB += stridesB[axis];
            if (++at[axis] < shape[axis])
                return;
            OffsetA -= at[axis] * stridesA[axis];
            OffsetB -= at[axis] * stridesB[axis];
            at[axis] = 0;
        }
    }
}
