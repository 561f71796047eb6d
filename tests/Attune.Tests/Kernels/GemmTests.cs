using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

public class GemmTests
{
    private static readonly bool[] Both = [false, true];

    /// <summary>
    /// Around the tile (rows 4 and 8; columns 3, 12, 24, 48), the block of k (256), and where products are blocked in
    /// all directions (128).
    /// </summary>
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 0, 3, 3 }, { 3, 0, 3 }, { 3, 3, 0 }, { 1, 1, 1 }, { 1, 48, 7 }, { 2, 47, 5 }, { 3, 49, 9 }, { 4, 16, 17 },
        { 5, 15, 3 },
        { 7, 17, 31 }, { 8, 48, 256 }, { 9, 96, 257 }, { 15, 12, 255 }, { 16, 24, 513 }, { 17, 25, 8 }, { 33, 100, 40 },
        { 12, 11, 300 }, { 1, 130, 600 }, { 200, 1, 20 }, { 6, 33, 1 },
        { 128, 128, 128 }, { 133, 145, 300 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_width_and_transposition_gives_the_bits_of_the_reference(int m, int n, int k)
    {
        foreach (VectorWidth width in Numbers.Widths)
            foreach (bool transposeA in Both)
                foreach (bool transposeB in Both)
                    foreach (bool accumulate in Both)
                    {
                        // rows a little longer than needed
                        int lda = (transposeA ? m : k) + 3, ldb = (transposeB ? k : n) + 1, ldc = n + 2;
                        float[] a = Numbers.Random((transposeA ? k : m) * lda, 1);
                        float[] b = Numbers.Random((transposeB ? n : k) * ldb, 2);
                        float[] expected = Numbers.Random(m * ldc, 3);
                        float[] actual = [.. expected];

                        Gemm.Reference<float>(
                            transposeA, transposeB, m, n, k, a, lda, b, ldb, expected, ldc, accumulate);
                        Gemm.Multiply(
                            width, Workers.For(2), transposeA, transposeB, m, n, k, a, lda, b, ldb, actual, ldc,
                            accumulate, default);

                        Numbers.AssertSameBits(expected, actual);
                    }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_reference_is_the_sum_of_products(int m, int n, int k)
    {
        double[] a = Numbers.Doubles(Numbers.Random(m * k, 1)), b = Numbers.Doubles(Numbers.Random(k * n, 2));
        double[] c = Numbers.Filled(m * n, 0.5);
        float[] floats = Numbers.Filled(m * n, 0.5f);
        double[] expected = Numbers.Filled(m * n, 0.5);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                for (int p = 0; p < k; p++)
                    expected[i * n + j] += a[i * k + p] * b[p * n + j];

        Gemm.Multiply<double>(Workers.Single, false, false, m, n, k, a, k, b, n, c, n, true);
        Gemm.Multiply<float>(
            Workers.Single, false, false, m, n, k, Numbers.Random(m * k, 1), k, Numbers.Random(k * n, 2), n, floats, n,
            true);

        for (int i = 0; i < c.Length; i++)
            Assert.Equal(expected[i], c[i], 1e-11);
        // float32, sums of up to 600 products of size 1: 600·6e-8 at worst
        Numbers.AssertClose(expected, floats, 4e-5);
    }

    [Fact]
    public void A_row_has_the_same_bits_in_every_batch()
    {
        const int N = 75, K = 700;
        float[] a = Numbers.Random(37 * K, 1), b = Numbers.Random(N * K, 2);
        float[] whole = new float[37 * N];
        Gemm.Multiply<float>(Workers.For(2), false, true, 37, N, K, a, K, b, K, whole, N, false);

        foreach (int rows in new[] { 1, 2, 5, 16, 32 })
        {
            float[] part = new float[rows * N];
            Gemm.Multiply<float>(Workers.For(2), false, true, rows, N, K, a.AsSpan(3 * K), K, b, K, part, N, false);
            Numbers.AssertSameBits(whole.AsSpan(3 * N, rows * N), part);
        }
    }

    [Fact]
    public void A_column_has_the_same_bits_alone()
    {
        const int M = 20, N = 75, K = 300;
        float[] a = Numbers.Random(M * K, 1), b = Numbers.Random(K * N, 2);
        float[] whole = new float[M * N], one = new float[M];
        Gemm.Multiply<float>(Workers.For(2), false, false, M, N, K, a, K, b, N, whole, N, false);

        foreach (int column in new[] { 0, 30, 47, 48, 74 })
        {
            Gemm.Multiply<float>(Workers.For(2), false, false, M, 1, K, a, K, b.AsSpan(column), N, one, 1, false);
            for (int i = 0; i < M; i++)
                Assert.Equal(whole[i * N + column], one[i]);
        }
    }

    [Theory]
    [InlineData(140, 8300, 130)]
    [InlineData(8200, 140, 260)]
    [InlineData(600, 1300, 600)]
    public void A_product_of_large_matrices_has_the_bits_of_its_rows_alone(int m, int n, int k)
    {
        float[] a = Numbers.Random(m * k, 1), b = Numbers.Random(k * n, 2);
        float[] whole = new float[m * n], part = new float[8 * n];

        Gemm.Multiply<float>(Workers.For(2), false, false, m, n, k, a, k, b, n, whole, n, false);

        foreach (int first in new[] { 0, m / 2, m - 8 })
        {
            Gemm.Multiply<float>(
                Workers.Single, false, false, 8, n, k, a.AsSpan(first * k), k, b, n, part, n, false);
            Numbers.AssertSameBits(whole.AsSpan(first * n, 8 * n), part);
        }
    }

    [Theory]
    [InlineData(130, 500, 90)]
    [InlineData(300, 500, 300)]
    [InlineData(3, 2000, 300)]
    [InlineData(1000, 10, 300)]
    public void The_number_of_threads_does_not_show(int m, int n, int k)
    {
        float[] a = Numbers.Random(m * k, 1), b = Numbers.Random(k * n, 2);
        float[] one = new float[m * n];
        Gemm.Multiply<float>(Workers.Single, false, false, m, n, k, a, k, b, n, one, n, false);

        foreach (int threads in new[] { 2, 8 })
        {
            float[] many = new float[m * n];
            Gemm.Multiply<float>(Workers.For(threads), false, false, m, n, k, a, k, b, n, many, n, false);
            Numbers.AssertSameBits(one, many);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_packed_matrix_gives_the_same_bits(int m, int n, int k)
    {
        foreach (VectorWidth width in Numbers.Widths)
            foreach (bool transposeB in Both)
            {
                float[] a = Numbers.Random(m * k, 1), b = Numbers.Random(k * n, 2);
                float[] expected = Numbers.Random(m * n, 3);
                float[] actual = [.. expected];
                var packed = new PackedMatrix(transposeB, k, n, b, transposeB ? k : n, width);

                Gemm.Reference<float>(false, transposeB, m, n, k, a, k, b, transposeB ? k : n, expected, n, true);
                Gemm.Multiply(Workers.For(2), false, m, a, k, packed, actual, n, true);

                Numbers.AssertSameBits(expected, actual);
            }
    }

    [Fact]
    public unsafe void The_end_adds_biases_and_rectifies()
    {
        const int M = 11, N = 53, K = 270;
        float[] a = Numbers.Random(M * K, 1), b = Numbers.Random(K * N, 2), rows = Numbers.Random(M, 3),
            columns = Numbers.Random(N, 4);
        float[] expected = new float[M * N];
        Gemm.Reference<float>(false, false, M, N, K, a, K, b, N, expected, N, false);
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++)
                expected[i * N + j] = MathF.Max(0, expected[i * N + j] + rows[i] + columns[j]);

        fixed (float* rowBias = rows, columnBias = columns)
            foreach (VectorWidth width in Numbers.Widths)
            {
                float[] actual = new float[M * N];
                var end = new Epilogue { RowBias = rowBias, ColumnBias = columnBias, Rectify = true };
                Gemm.Multiply(width, Workers.For(2), false, false, M, N, K, a, K, b, N, actual, N, false, end);
                Numbers.AssertSameBits(expected, actual);
            }
    }

    [Fact]
    public void NaN_and_infinity_pass_through()
    {
        foreach (VectorWidth width in Numbers.Widths)
        {
            float[] a = Numbers.Filled(9 * 5, 1f), b = Numbers.Filled(5 * 50, 1f), c = new float[9 * 50];
            a[2 * 5 + 1] = float.NaN;
            b[3 * 50 + 49] = float.PositiveInfinity;

            Gemm.Multiply(width, Workers.Single, false, false, 9, 50, 5, a, 5, b, 50, c, 50, false, default);

            for (int i = 0; i < 9; i++)
                for (int j = 0; j < 50; j++)
                    Assert.Equal(i == 2 ? float.NaN : j == 49 ? float.PositiveInfinity : 5f, c[i * 50 + j]);
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        float[] a = Numbers.Random(64 * 300, 1), b = Numbers.Random(300 * 200, 2), c = new float[64 * 200];
        float[] large = new float[200 * 200];
        var packed = new PackedMatrix(false, 300, 200, b, 200);

        Assert.Equal(0, Allocations.Of(() =>
        {
            Gemm.Multiply<float>(Workers.For(2), true, false, 200, 200, 300, b, 200, b, 200, large, 200, true);
            Gemm.Multiply<float>(Workers.For(2), false, false, 64, 200, 300, a, 300, b, 200, c, 200, true);
            Gemm.Multiply(Workers.For(2), false, 64, a, 300, packed, c, 200, true);
        }));
    }

    [Fact]
    public void Short_spans_are_refused()
    {
        float[] small = new float[5], large = new float[100];

        Assert.Throws<ArgumentException>(
            () => Gemm.Multiply<float>(Workers.Single, false, false, 2, 2, 3, small, 3, large, 2, large, 2, false));
        Assert.Throws<ArgumentException>(
            () => Gemm.Multiply<float>(Workers.Single, false, false, 2, 2, 3, large, 2, large, 2, large, 2, false));
        Assert.Throws<ArgumentException>(
            () => Gemm.Multiply<float>(Workers.Single, false, false, -1, 2, 3, large, 3, large, 2, large, 2, false));
        Assert.Throws<ArgumentException>(() => new PackedMatrix(false, 3, 2, small, 2));
    }

    [Theory]
    [InlineData(128, 9216)]
    [InlineData(512, 784)]
    [InlineData(1000, 300)]
    [InlineData(701, 257)]
    public void One_row_by_a_packed_matrix_has_the_same_bits_on_any_number_of_threads(int n, int k)
    {
        float[] a = Numbers.Random(k, 1), b = Numbers.Random(n * k, 2), bias = Numbers.Random(n, 3);
        var packed = new PackedMatrix(true, k, n, b, k);
        float[] expected = new float[n], actual = new float[n];

        foreach (bool rectify in new[] { false, true })
        {
            Dense.Forward(Workers.Single, 1, a, packed, bias, rectify, expected);
            foreach (int threads in new[] { 2, 3, 8 })
            {
                Dense.Forward(Workers.For(threads), 1, a, packed, bias, rectify, actual);
                Numbers.AssertSameBits(expected, actual);
            }
        }
    }
}
