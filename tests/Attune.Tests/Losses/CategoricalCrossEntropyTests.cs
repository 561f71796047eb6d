using Attune.Arrays;
using Attune.Losses;

namespace Attune.Tests.Losses;

public sealed class CategoricalCrossEntropyTests
{
    [Fact]
    public void It_is_the_mean_of_the_logarithms_of_what_was_wanted()
    {
        double[] gradient = new double[6];

        double loss = new CategoricalCrossEntropy(beforeSoftmax: false)
            .Evaluate<double>(2, [0.5, 0.25, 0.25, 0.125, 0.75, 0.125], [0, 2], gradient);

        Assert.Equal(2 * Math.Log(2), loss, 15); // (ln 2 + ln 8) / 2 = (1 + 3)/2 · ln 2
        Assert.Equal([-1, 0, 0, 0, 0, -4], gradient); // -1 / (2 · 0.5), -1 / (2 · 0.125)
    }

    [Fact]
    public void Before_the_softmax_the_gradient_is_a_subtraction()
    {
        double[] gradient = new double[6];

        new CategoricalCrossEntropy(beforeSoftmax: true)
            .Evaluate<double>(2, [0.5, 0.25, 0.25, 0.125, 0.75, 0.125], [0, 2], gradient);

        // (p - onehot) / 2
        Assert.Equal([-0.25, 0.125, 0.125, 0.0625, 0.375, -0.4375], gradient);
    }

    [Fact]
    public void Gradient_matches_finite_differences() => LossCheck.Gradient(
        new CategoricalCrossEntropy(beforeSoftmax: false),
        batch: 2,
        y: [0.5, 0.3, 0.2, 0.1, 0.6, 0.3],
        targets: [1, 2]);

    [Fact]
    public void The_two_gradients_are_one_through_the_softmax()
    {
        double[] p = [0.5, 0.3, 0.2];
        double[] outside = new double[3];
        double[] before = new double[3];
        new CategoricalCrossEntropy(beforeSoftmax: false).Evaluate<double>(1, p, [1], outside);
        new CategoricalCrossEntropy(beforeSoftmax: true).Evaluate<double>(1, p, [1], before);

        // Through a softmax, dx[i] = p[i]·(dp[i] - Σ p[j]·dp[j]).
        double sum = p.Zip(outside, (one, other) => one * other).Sum();
        for (int i = 0; i < p.Length; i++)
            Assert.Equal(p[i] * (outside[i] - sum), before[i], 15); // double, sums of 3 terms
    }

    [Fact]
    public void A_probability_of_nothing_has_a_finite_loss()
    {
        float[] gradient = new float[2];

        double loss = new CategoricalCrossEntropy(beforeSoftmax: false).Evaluate<float>(1, [0, 1], [0], gradient);

        Assert.Equal(87.34, loss, 2); // -ln 1.17549435e-38
        Assert.True(float.IsFinite(gradient[0]));
    }

    [Fact]
    public void A_network_that_diverged_shows_it() => Assert.Equal(
        double.NaN,
        new CategoricalCrossEntropy(beforeSoftmax: true).Evaluate<float>(1, [float.NaN, 0], [0], new float[2]));

    [Fact]
    public void The_target_is_one_class_index() =>
        Assert.Equal(1, new CategoricalCrossEntropy(beforeSoftmax: true).TargetCount(Shape.Of(10, 1, 1)));
}
