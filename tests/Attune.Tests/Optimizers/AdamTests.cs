using Attune.Optimizers;
using Attune.Runtime;

namespace Attune.Tests.Optimizers;

public sealed class AdamTests
{
    [Theory]
    // g = 1 at step 1: m = 1 - b1 = 0.5, v = 1 - b2 = 0.25, √v = 0.5; the step is lr·√(1 - b2)/(1 - b1) · m / (√v +
    // eps).
    // lr·0.5/0.5·0.5/(0.5 + 0.5) = lr·0.5
    [InlineData(false, 1 - 0.1 * 0.5)]
    // Textbook: eps·√(1 - b2) = 0.25 in place of eps: lr·0.5/0.5·0.5/(0.5 + 0.25) = lr·2/3
    [InlineData(true, 1 - 0.1 * 2 / 3)]
    public void Eps_joins_the_uncorrected_root_unless_the_textbook_is_asked_for(bool isTextbook, double expected)
    {
        float[] w = [1];
        var adam = new Adam(0.5, 0.75, 0.5, isTextbook, [1]);

        Step(adam, w, 0.1, 1);

        Assert.Equal(expected, w[0], 1e-6); // float32, one step of size 0.1
    }

    [Fact]
    public void Three_steps_are_those_of_the_formulas()
    {
        float[] w = [1];
        var adam = new Adam(0.9, 0.99, 1e-3, isTextbook: false, [1]);
        double expected = 1, m = 0, v = 0;

        for (int t = 1; t <= 3; t++)
        {
            double g = new[] { 0.5, -2, 0.25 }[t - 1];
            m = 0.9 * m + 0.1 * g;
            v = 0.99 * v + 0.01 * g * g;
            expected -= 0.1 * Math.Sqrt(1 - Math.Pow(0.99, t)) / (1 - Math.Pow(0.9, t)) * m / (Math.Sqrt(v) + 1e-3);
            Step(adam, w, 0.1, (float)g);
        }

        Assert.Equal(expected, w[0], 2e-6); // float32, three steps of size 0.1 with corrections near 1e-2
    }

    [Fact]
    public void Without_a_gradient_nothing_moves()
    {
        float[] w = [1];
        var adam = new Adam(0.9, 0.999, 1e-8, isTextbook: false, [1]);

        Step(adam, w, 0.1, 0);

        Assert.Equal(1, w[0]);
    }

    [Fact]
    public void Each_parameter_has_its_own_moments()
    {
        float[] first = [1];
        float[] second = [1];
        var adam = new Adam(0.5, 0.75, 0, isTextbook: false, [1, 1]);

        adam.BeginStep(0.125);
        adam.StepOf(0).Apply(Workers.Single, [4], first);
        adam.StepOf(1).Apply(Workers.Single, [-4], second);

        // The first step has the size of the rate: √v = 2, m = 2, the correction 0.5/0.5.
        Assert.Equal(0.875f, first[0]);
        Assert.Equal(1.125f, second[0]);
    }

    private static void Step(Adam adam, float[] w, double learningRate, float gradient)
    {
        adam.BeginStep(learningRate);
        adam.StepOf(0).Apply(Workers.Single, [gradient], w);
    }
}
