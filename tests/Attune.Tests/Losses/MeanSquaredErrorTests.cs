using Attune.Arrays;
using Attune.Losses;

namespace Attune.Tests.Losses;

public sealed class MeanSquaredErrorTests
{
    [Fact]
    public void It_is_the_mean_over_all_elements_of_all_samples()
    {
        double[] gradient = new double[4];

        double loss = new MeanSquaredError().Evaluate<double>(2, [1, 2, 3, 4], [0, 2, 5, 3], gradient);

        Assert.Equal(1.5, loss); // (1 + 0 + 4 + 1) / 4
        Assert.Equal([0.5, 0, -1, 0.5], gradient); // 2·(y - t) / 4: 2/4, 0, -4/4, 2/4
    }

    [Fact]
    public void A_part_of_a_mini_batch_counts_with_its_own_size()
    {
        float[] gradient = new float[1];

        double loss = new MeanSquaredError().Evaluate<float>(1, [3], [1], gradient);

        Assert.Equal(4, loss); // (3 - 1)²
        Assert.Equal([4f], gradient); // 2·(3 - 1) / 1
    }

    [Fact]
    public void The_gradient_overwrites_what_was_there()
    {
        float[] gradient = [9, 9];

        new MeanSquaredError().Evaluate<float>(2, [1, 1], [1, 1], gradient);

        Assert.Equal([0f, 0], gradient);
    }

    [Fact]
    public void Gradient_matches_finite_differences() =>
        LossCheck.Gradient(
            new MeanSquaredError(), batch: 3, y: [0.3, -1.2, 0.7, 2.1, 0, 0.5], targets: [1, 0, 0.7, 2, -1, 3]);

    [Fact]
    public void The_target_has_as_many_numbers_as_the_output() =>
        Assert.Equal(6, new MeanSquaredError().TargetCount(Shape.Of(2, 3)));

    [Fact]
    public void A_network_that_diverged_shows_it() =>
        Assert.Equal(double.NaN, new MeanSquaredError().Evaluate<float>(1, [float.NaN], [0], new float[1]));
}
