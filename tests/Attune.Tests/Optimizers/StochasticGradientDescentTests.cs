using Attune.Optimizers;
using Attune.Runtime;

namespace Attune.Tests.Optimizers;

public sealed class StochasticGradientDescentTests
{
    [Fact]
    public void Without_momentum_a_step_goes_against_the_gradient()
    {
        float[] w = [1, 2];
        var sgd = new StochasticGradientDescent(momentum: 0, [2]);

        sgd.BeginStep(0.5);
        sgd.StepOf(0).Apply(Workers.Single, [2, -4], w);

        Assert.Equal([0f, 4], w); // 1 - 0.5·2, 2 + 0.5·4
    }

    [Fact]
    public void Momentum_carries_earlier_steps_on()
    {
        float[] w = [10];
        var sgd = new StochasticGradientDescent(momentum: 0.5, [1]);

        Assert.Equal(9, Step(sgd, w, 0.5, 2)); // v = 0.5·2 = 1; 10 - 1
        Assert.Equal(7.5f, Step(sgd, w, 0.5, 2)); // v = 0.5·1 + 1 = 1.5
        Assert.Equal(6.75f, Step(sgd, w, 0.5, 0)); // v = 0.5·1.5 = 0.75
    }

    [Fact]
    public void A_change_of_the_rate_does_not_reach_what_is_gathered()
    {
        float[] w = [10];
        var sgd = new StochasticGradientDescent(momentum: 0.5, [1]);

        Step(sgd, w, 0.5, 2); // v = 1; w = 9

        // v = 0.5·1 + 0.25·2 = 1; a rate outside of v would give 0.25·(0.5·2 + 2) = 0.75
        Assert.Equal(8, Step(sgd, w, 0.25, 2));
    }

    [Fact]
    public void Each_parameter_has_its_own_momentum()
    {
        float[] first = [0];
        float[] second = [0];
        var sgd = new StochasticGradientDescent(momentum: 0.5, [1, 1]);

        for (int i = 0; i < 2; i++)
        {
            sgd.BeginStep(1);
            sgd.StepOf(0).Apply(Workers.Single, [1], first);
            sgd.StepOf(1).Apply(Workers.Single, [0], second);
        }

        Assert.Equal(-2.5f, first[0]); // -(1 + 1.5)
        Assert.Equal(0, second[0]);
    }

    private static float Step(StochasticGradientDescent sgd, float[] w, double learningRate, float gradient)
    {
        sgd.BeginStep(learningRate);
        sgd.StepOf(0).Apply(Workers.Single, [gradient], w);
        return w[0];
    }
}
