using System.Numerics;
using System.Runtime.InteropServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Matrix products: C[m×n] (+)= op(A)[m×k] · op(B)[k×n], all row-major, op being nothing or the transpose.
/// Each element of C depends on its row of A, its column of B and k alone: the same bits come out whatever m and n,
/// the number of threads, and whether B was packed beforehand.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>
    /// The product. <c>lda</c> is the number of values between rows of A as it lies in memory: at least k, or m if
    /// transposed; <c>ldb</c> and <c>ldc</c> likewise.
    /// </summary>
    public static void Multiply<T>(
        Workers workers, bool transposeA, bool transposeB, int m, int n, int k,
        ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b, int ldb, Span<T> c, int ldc, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            Multiply(
                VectorWidths.Best, workers, transposeA, transposeB, m, n, k,
                MemoryMarshal.Cast<T, float>(a), lda, MemoryMarshal.Cast<T, float>(b), ldb,
                MemoryMarshal.Cast<T, float>(c), ldc, accumulate, default);
        else
            Reference(transposeA, transposeB, m, n, k, a, lda, b, ldb, c, ldc, accumulate);
    }

    /// <summary>
    /// By a matrix packed beforehand; <paramref name="end"/> adds biases and rectifies on the way out.
    /// </summary>
    public static void Multiply(
        Workers workers, bool transposeA, int m, ReadOnlySpan<float> a, int lda, PackedMatrix b,
        Span<float> c, int ldc, bool accumulate, Epilogue end = default)
    {
        var shape = new ProductShape(transposeA, false, m, b.N, b.K, lda, b.N, ldc, accumulate);
        RequireSizes(shape, a.Length, int.MaxValue, c.Length);
        // Pinned for the duration; the sizes were checked.
        fixed (float* pa = a, pb = b.Values, pc = c)
            Run(b.Width, workers, shape, new ProductOperands { A = pa, PackedB = pb, C = pc, End = end });
    }

    /// <summary>
    /// Whether a product can step parameters on its way out: the sums must be whole before they leave their registers.
    /// </summary>
    public static bool CanStep(int n, int k) => n % WidestVector == 0 && k <= Block;

    /// <summary>
    /// Steps parameters w[m×n] by the gradient Aᵀ·B, with A [k×m] and B [k×n], which is never stored. The same bits as
    /// the product followed by <see cref="ParameterStep.Apply"/>.
    /// </summary>
    public static void Step(
        Workers workers, int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> w,
        in ParameterStep step) =>
        Step(VectorWidths.Best, workers, m, n, k, a, b, w, step);

    internal static void Step(
        VectorWidth width, Workers workers, int m, int n, int k,
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> w, in ParameterStep step)
    {
        var shape = new ProductShape(TransposeA: true, TransposeB: false, m, n, k, m, n, n, Accumulate: false);
        RequireSizes(shape, a.Length, b.Length, w.Length);
        if (!CanStep(n, k))
            throw new ArgumentException(
                $"A stepping product takes whole vectors and one block; got n = {n}, k = {k}.", nameof(n));
        Require.Length(step.Kind >= StepKind.Momentum ? step.First.Length : w.Length, w.Length);
        Require.Length(step.Kind == StepKind.Adam ? step.Second.Length : w.Length, w.Length);
        // Pinned for the duration; the sizes were checked. The memory lies at a fixed distance from the parameters
        // meanwhile.
        fixed (float* pa = a, pb = b, pw = w, first = step.First, second = step.Second)
            Run(width, workers, shape, new ProductOperands
            {
                A = pa,
                B = pb,
                C = pw,
                Step = new TileStep
                {
                    Kind = step.Kind,
                    Rate = step.Rate,
                    Momentum = step.Momentum,
                    Adam = step.Adam,
                    First = (nint)(first - pw),
                    Second = (nint)(second - pw),
                },
            });
    }

    /// <summary>With an end and a vector width of the caller's choosing, which tests use to try them all.</summary>
    internal static void Multiply(
        VectorWidth width, Workers workers, bool transposeA, bool transposeB, int m, int n, int k,
        ReadOnlySpan<float> a, int lda, ReadOnlySpan<float> b, int ldb, Span<float> c, int ldc, bool accumulate,
        Epilogue end)
    {
        var shape = new ProductShape(transposeA, transposeB, m, n, k, lda, ldb, ldc, accumulate);
        RequireSizes(shape, a.Length, b.Length, c.Length);
        // Pinned for the duration; the sizes were checked.
        fixed (float* pa = a, pb = b, pc = c)
            Run(width, workers, shape, new ProductOperands { A = pa, B = pb, C = pc, End = end });
    }

    /// <summary>The judge: three plain loops in the order that the fast product keeps.</summary>
    internal static void Reference<T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b, int ldb, Span<T> c, int ldc, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(
            new ProductShape(transposeA, transposeB, m, n, k, lda, ldb, ldc, accumulate), a.Length, b.Length, c.Length);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                T total = accumulate ? c[i * ldc + j] : T.Zero;
                for (int first = 0; first < k; first += Block)
                {
                    T sum = T.Zero;
                    for (int p = first; p < Math.Min(first + Block, k); p++)
                    {
                        T left = transposeA ? a[p * lda + i] : a[i * lda + p];
                        T right = transposeB ? b[j * ldb + p] : b[p * ldb + j];
                        sum = T.MultiplyAddEstimate(left, right, sum);
                    }
                    total = first == 0 && !accumulate ? sum : total + sum;
                }
                c[i * ldc + j] = total;
            }
    }

    // Of all widths, so that what is stepped on the way out does not depend on the processor.
    private const int WidestVector = 16;

    private static int Block => FloatProduct<Lanes1, float>.Block;

    private static void Run(VectorWidth width, Workers workers, in ProductShape shape, in ProductOperands operands)
    {
        if (shape.M == 0 || shape.N == 0)
            return;
        if (shape.K == 0)
            EndAlone(shape, operands);
        else
            GemmKernels.Multiply(width, workers, shape, operands);
    }

    /// <summary>Without steps of k the sums are 0, and only the end is left to do.</summary>
    private static void EndAlone(in ProductShape shape, in ProductOperands operands)
    {
        Epilogue end = operands.End;
        for (int i = 0; i < shape.M; i++)
            for (int j = 0; j < shape.N; j++)
            {
                float* c = operands.C + (nint)i * shape.StrideC + j;
                float sum = shape.Accumulate ? *c : 0;
                sum += end.RowBias != null ? end.RowBias[i] : 0;
                sum += end.ColumnBias != null ? end.ColumnBias[j] : 0;
                *c = end.Rectify && sum < 0 ? 0 : sum;
            }
    }

    private static void RequireSizes(in ProductShape shape, int a, int b, int c)
    {
        Require.Size(shape.M, "m");
        Require.Size(shape.N, "n");
        Require.Size(shape.K, "k");
        RequireMatrix(
            a, shape.TransposeA ? shape.K : shape.M, shape.TransposeA ? shape.M : shape.K, shape.StrideA, "a");
        RequireMatrix(
            b, shape.TransposeB ? shape.N : shape.K, shape.TransposeB ? shape.K : shape.N, shape.StrideB, "b");
        RequireMatrix(c, shape.M, shape.N, shape.StrideC, "c");
    }

    internal static void RequireMatrix(int length, int rows, int columns, int stride, string name)
    {
        if (stride < columns && rows > 1)
            throw new ArgumentException(
                $"Matrix '{name}' has rows of {columns} values but only {stride} from row to row.", name);
        if (rows > 0 && columns > 0)
            Require.Length(length, (long)(rows - 1) * stride + columns, name);
    }
}
