using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

public class SoftmaxTests
{
    [Fact]
    public void A_small_case_by_hand()
    {
        double[] y = new double[3];

        Softmax.Forward<double>(Workers.Single, 1, 3, 1, [0, Math.Log(2), Math.Log(5)], y);

        // 1 : 2 : 5
        Assert.Equal(1 / 8.0, y[0], 1e-15);
        Assert.Equal(2 / 8.0, y[1], 1e-15);
        Assert.Equal(5 / 8.0, y[2], 1e-15);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 10, 1)]
    [InlineData(3, 7, 4)]
    [InlineData(2, 35, 1)]
    [InlineData(2, 1000, 17)]
    [InlineData(2, 6, 35)]
    public void Float_agrees_with_double_and_sums_to_one(int outer, int length, int inner)
    {
        int count = outer * length * inner;
        float[] x = Numbers.Random(count, 1), y = new float[count], dy = Numbers.Random(count, 2),
            dx = Numbers.Random(count, 3);
        double[] expected = new double[count], expectedDx = Numbers.Doubles(dx);

        Softmax.Forward<float>(Workers.For(2), outer, length, inner, x, y);
        Softmax.AddInputGradient<float>(Workers.For(2), outer, length, inner, y, dy, dx);
        Softmax.Forward<double>(Workers.Single, outer, length, inner, Numbers.Doubles(x), expected);
        Softmax.AddInputGradient<double>(
            Workers.Single, outer, length, inner, expected, Numbers.Doubles(dy), expectedDx);

        // float32 powers, sums of 1000
        Numbers.AssertClose(expected, y, 1e-6);
        Numbers.AssertClose(expectedDx, dx, 2e-6);
        Assert.Equal(outer * inner, y.Sum(value => (double)value), 1e-5);
    }

    [Fact]
    public void Gradient_matches_finite_differences()
    {
        double[] x = Numbers.Doubles(Numbers.Random(24, 1)), dy = Numbers.Doubles(Numbers.Random(24, 2)),
            y = new double[24], dx = new double[24];
        double Loss(double[] at)
        {
            Softmax.Forward<double>(Workers.Single, 2, 4, 3, at, y);
            return Numbers.Dot(y, dy);
        }
        _ = Loss(x);

        Softmax.AddInputGradient<double>(Workers.Single, 2, 4, 3, y, dy, dx);

        // central differences of 1e-6
        Assert.All(Numbers.Differences(x, Loss).Zip(dx), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
    }

    [Fact]
    public void Large_values_do_not_overflow_and_NaN_stays_in_its_line()
    {
        float[] x = [1000, 999, float.NaN, 0, -1000, float.NegativeInfinity, 0, 1, 2, 3, 4, 5], y = new float[12];

        Softmax.Forward<float>(Workers.Single, 6, 2, 1, x, y);

        Assert.Equal(1 / (1 + Math.Exp(-1)), y[0], 1e-6);
        Assert.True(float.IsNaN(y[2]) && float.IsNaN(y[3]));
        Assert.Equal([1f, 0f], y[4..6]);
    }

    [Fact]
    public void A_line_has_the_same_bits_in_every_batch()
    {
        float[] x = Numbers.Random(1000 * 10, 1), whole = new float[x.Length], one = new float[10];
        Softmax.Forward<float>(Workers.For(8), 1000, 10, 1, x, whole);

        for (int n = 0; n < 1000; n += 97)
        {
            Softmax.Forward<float>(Workers.Single, 1, 10, 1, x.AsSpan(n * 10, 10), one);
            Numbers.AssertSameBits(whole.AsSpan(n * 10, 10), one);
        }
    }
}
