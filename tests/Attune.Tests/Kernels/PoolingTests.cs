using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

public class PoolingTests
{
    private static readonly PoolingKind[] Kinds = [PoolingKind.Max, PoolingKind.Average, PoolingKind.L2];

    public static TheoryData<int, int, int, int, int, int, bool> Cases => new()
    {
        // height, width, kernel, stride, pad before, pad after, exclude padding
        { 26, 26, 2, 2, 0, 0, false },
        { 7, 9, 3, 2, 0, 0, false },
        { 7, 9, 3, 2, 1, 1, false },
        { 7, 9, 3, 2, 1, 1, true },
        { 8, 8, 3, 2, 0, 0, false },
        { 5, 5, 3, 1, 1, 1, true },
        { 5, 35, 3, 1, 1, 1, false },
        { 6, 67, 2, 2, 0, 0, false },
        { 13, 13, 13, 1, 0, 0, false },
        { 4, 4, 5, 3, 2, 2, false },
    };

    private static PoolingGeometry Geometry(
        int height, int width, int kernel, int stride, int before, int after, bool exclude)
    {
        // rounded up, as includeLastPixel does, so that last windows are cut off; one that would begin in the padding
        // is left out
        int Outputs(int size)
        {
            int outputs = (size + before + after - kernel + stride - 1) / stride + 1;
            return (outputs - 1) * stride >= size + before ? outputs - 1 : outputs;
        }
        return new PoolingGeometry(
            3, height, width, Outputs(height), Outputs(width), kernel, kernel, stride, stride, before, before, after,
            after, exclude);
    }

    [Fact]
    public void Small_cases_by_hand()
    {
        var g = new PoolingGeometry(1, 2, 3, 1, 2, 2, 2, 1, 2, 0, 0, 0, 1, false);
        double[] x = [1, 5, 2, 4, 3, -6], y = new double[2];

        Pooling.Forward<double>(Workers.Single, PoolingKind.Max, g, 1, x, y);
        Assert.Equal([5, 2], y);

        // the second window holds 2 and -6 and two places of padding
        Pooling.Forward<double>(Workers.Single, PoolingKind.Average, g, 1, x, y);
        Assert.Equal([13 / 4.0, -4 / 4.0], y);
        Pooling.Forward<double>(Workers.Single, PoolingKind.Average, g with { ExcludePadding = true }, 1, x, y);
        Assert.Equal([13 / 4.0, -4 / 2.0], y);

        // 1+25+16+9 and 4+36
        Pooling.Forward<double>(Workers.Single, PoolingKind.L2, g, 1, x, y);
        Assert.Equal([Math.Sqrt(51), Math.Sqrt(40)], y);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Float_agrees_with_double(
        int height, int width, int kernel, int stride, int before, int after, bool exclude)
    {
        PoolingGeometry g = Geometry(height, width, kernel, stride, before, after, exclude);
        float[] x = Numbers.Random(2 * 3 * g.InputPlane, 1), dy = Numbers.Random(2 * 3 * g.OutputPlane, 2);
        foreach (PoolingKind kind in Kinds)
        {
            float[] y = new float[dy.Length], dx = Numbers.Random(x.Length, 3);
            double[] expectedY = new double[y.Length], expected = Numbers.Doubles(dx);

            Pooling.Forward<float>(Workers.For(2), kind, g, 2, x, y);
            Pooling.AddInputGradient<float>(Workers.For(2), kind, g, 2, x, y, dy, dx);
            Pooling.Forward<double>(Workers.Single, kind, g, 2, Numbers.Doubles(x), expectedY);
            Pooling.AddInputGradient<double>(
                Workers.Single, kind, g, 2, Numbers.Doubles(x), expectedY, Numbers.Doubles(dy), expected);

            // float32, sums of at most 169 squares
            Numbers.AssertClose(expectedY, y, 1e-5);
            Numbers.AssertClose(expected, dx, 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_matches_finite_differences(
        int height, int width, int kernel, int stride, int before, int after, bool exclude)
    {
        PoolingGeometry g = Geometry(height, width, kernel, stride, before, after, exclude) with { Channels = 1 };
        double[] x = Numbers.Doubles(Numbers.Random(g.InputPlane, 1)),
            dy = Numbers.Doubles(Numbers.Random(g.OutputPlane, 2));
        double[] y = new double[dy.Length];
        foreach (PoolingKind kind in Kinds)
        {
            double Loss(double[] at)
            {
                Pooling.Forward<double>(Workers.Single, kind, g, 1, at, y);
                return Numbers.Dot(y, dy);
            }
            double[] dx = new double[x.Length];
            _ = Loss(x);
            Pooling.AddInputGradient<double>(Workers.Single, kind, g, 1, x, y, dy, dx);

            // central differences of 1e-6: truncation 1e-12, rounding 1e-10·|loss|
            Assert.All(Numbers.Differences(x, Loss).Zip(dx), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
        }
    }

    [Fact]
    public void The_gradient_of_max_goes_to_the_first_of_equals()
    {
        foreach (int width in new[] { 4, 64 })
        {
            var g = new PoolingGeometry(1, 2, width, 1, width / 2, 2, 2, 2, 2, 0, 0, 0, 0, false);
            float[] x = Numbers.Filled(2 * width, 7f), y = new float[width / 2], dy = Numbers.Filled(width / 2, 1f),
                dx = new float[2 * width];

            Pooling.Forward<float>(Workers.Single, PoolingKind.Max, g, 1, x, y);
            Pooling.AddInputGradient<float>(Workers.Single, PoolingKind.Max, g, 1, x, y, dy, dx);

            for (int i = 0; i < dx.Length; i++)
                Assert.Equal(i < width && i % 2 == 0 ? 1 : 0, dx[i]);
        }
    }

    [Fact]
    public void NaN_passes_through_max()
    {
        foreach (int place in new[] { 0, 1, 40, 41 })
        {
            var g = new PoolingGeometry(1, 2, 40, 1, 20, 2, 2, 2, 2, 0, 0, 0, 0, false);
            float[] x = Numbers.Random(80, 1), y = new float[20];
            x[place] = float.NaN;
            x[place ^ 1] = float.PositiveInfinity;

            Pooling.Forward<float>(Workers.Single, PoolingKind.Max, g, 1, x, y);

            Assert.Equal(float.NaN, y[0]);
            Assert.DoesNotContain(float.NaN, y[1..]);
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_show_and_nothing_is_allocated()
    {
        PoolingGeometry g = Geometry(26, 26, 3, 2, 1, 1, false);
        float[] x = Numbers.Random(9 * 3 * g.InputPlane, 1), one = new float[9 * 3 * g.OutputPlane],
            many = new float[one.Length];
        foreach (PoolingKind kind in Kinds)
        {
            Pooling.Forward<float>(Workers.Single, kind, g, 9, x, one);
            Assert.Equal(0, Allocations.Of(() => Pooling.Forward<float>(Workers.For(8), kind, g, 9, x, many)));
            Numbers.AssertSameBits(one, many);
        }
    }

    [Fact]
    public void Short_spans_are_refused()
    {
        PoolingGeometry g = Geometry(7, 9, 3, 2, 0, 0, false);

        Assert.Throws<ArgumentException>(
            () => Pooling.Forward<float>(Workers.Single, PoolingKind.Max, g, 1, new float[10], new float[1000]));
        Assert.Throws<ArgumentException>(
            () => Pooling.Forward<float>(Workers.Single, PoolingKind.Max, g, 1, new float[1000], new float[3]));
    }
}
