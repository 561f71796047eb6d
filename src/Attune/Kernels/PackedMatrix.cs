namespace Attune.Kernels;

/// <summary>
/// The right factor of many products, rearranged once for the register tile of this processor: weights that do not
/// change. Immutable, so that any number of threads may multiply by it.
/// </summary>
internal sealed unsafe class PackedMatrix
{
    /// <summary>op(B) with <paramref name="k"/> rows and <paramref name="n"/> columns; the values are copied.</summary>
    public PackedMatrix(bool transposeB, int k, int n, ReadOnlySpan<float> b, int ldb)
        : this(transposeB, k, n, b, ldb, VectorWidths.Best)
    {
    }

    internal PackedMatrix(bool transposeB, int k, int n, ReadOnlySpan<float> b, int ldb, VectorWidth width)
    {
        Require.Size(k);
        Require.Size(n);
        Gemm.RequireMatrix(b.Length, transposeB ? n : k, transposeB ? k : n, ldb, nameof(b));
        (K, N, Width) = (k, n, width);
        Values = GC.AllocateUninitializedArray<float>(checked((int)GemmKernels.PackedSize(width, k, n)));
        // The target was sized for exactly this call; the source was checked above.
        fixed (float* source = b, target = Values)
            GemmKernels.PackAll(width, transposeB, k, n, source, ldb, target);
    }

    public int K { get; }

    public int N { get; }

    internal VectorWidth Width { get; }

    internal float[] Values { get; }
}
