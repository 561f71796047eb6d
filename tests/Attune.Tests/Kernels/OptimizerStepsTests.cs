using System.Numerics;
using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

public class OptimizerStepsTests
{
    [Fact]
    public void Momentum_by_hand()
    {
        double[] w = [1], v = [0];

        OptimizerSteps.DescendWithMomentum<double>(Workers.Single, 0.1, 0.5, [2], v, w);
        Assert.Equal(0.8, w[0], 1e-15); // v = 0.5·0 + 0.1·2 = 0.2

        OptimizerSteps.DescendWithMomentum<double>(Workers.Single, 0.1, 0.5, [1], v, w);
        Assert.Equal(0.6, w[0], 1e-15); // v = 0.5·0.2 + 0.1·1 = 0.2

        OptimizerSteps.Descend<double>(Workers.Single, 0.1, [3], w);
        Assert.Equal(0.3, w[0], 1e-15); // 0.6 - 0.1·3
    }

    [Fact]
    public void Adam_by_hand()
    {
        double[] w = [1], m = [0], v = [0];
        var rates = new AdamRates<double>(0.1, 0.5, 0.75, 0.5);

        OptimizerSteps.Adam<double>(Workers.Single, rates, [2], m, v, w);
        Assert.Equal([1, 1], [m[0], v[0]]); // 0.5·2, 0.25·4
        Assert.Equal(1 - 0.1 * 1 / (1 + 0.5), w[0], 1e-15);

        OptimizerSteps.Adam<double>(Workers.Single, rates, [-2], m, v, w);
        Assert.Equal([-0.5, 1.75], [m[0], v[0]]); // 0.5·1 - 0.5·2, 0.75·1 + 0.25·4
        Assert.Equal(1 - 0.1 / 1.5 + 0.1 * 0.5 / (Math.Sqrt(1.75) + 0.5), w[0], 1e-15);
    }

    [Fact]
    public void Every_length_and_number_of_threads_has_the_bits_of_single_elements()
    {
        int width = Vector<float>.Count;
        foreach (int length in new[] { 0, 1, width - 1, width, width + 1, 4 * width + 3, 3 * Chunks.Size + 5 })
            foreach (int threads in new[] { 1, 8 })
            {
                float[] g = Numbers.Random(length, 1), w = Numbers.Random(length, 2), v = Numbers.Random(length, 3);
                float[] m = Numbers.Random(length, 4), squares = Numbers.Filled(length, 0.5f), adam = [.. w],
                    plain = [.. w];
                float[] w0 = [.. w], v0 = [.. v], m0 = [.. m];

                OptimizerSteps.DescendWithMomentum<float>(Workers.For(threads), 0.01f, 0.9f, g, v, w);
                OptimizerSteps.Descend<float>(Workers.For(threads), 0.01f, g, plain);
                OptimizerSteps.Adam<float>(Workers.For(threads), new(0.01f, 0.9f, 0.999f, 1e-8f), g, m, squares, adam);

                for (int i = 0; i < length; i += Math.Max(1, length / 1000))
                {
                    float velocity = v0[i] * 0.9f + g[i] * 0.01f;
                    float mean = m0[i] * 0.9f + g[i] * (1 - 0.9f);
                    float square = 0.5f * 0.999f + g[i] * g[i] * (1 - 0.999f);
                    Assert.Equal([velocity, w0[i] - velocity, w0[i] - g[i] * 0.01f], [v[i], w[i], plain[i]]);
                    Assert.Equal([mean, square], [m[i], squares[i]]);
                    Assert.Equal(w0[i] - mean * 0.01f / (MathF.Sqrt(square) + 1e-8f), adam[i]);
                }
            }
    }

    [Fact]
    public void Nothing_is_allocated_and_short_spans_are_refused()
    {
        float[] g = new float[100_000], v = new float[100_000], w = new float[100_000];

        Assert.Equal(0, Allocations.Of(
            () => OptimizerSteps.DescendWithMomentum<float>(Workers.For(2), 0.1f, 0.9f, g, v, w)));

        Assert.Throws<ArgumentException>(() => OptimizerSteps.Descend<float>(Workers.Single, 0.1f, new float[3], w));
    }
}
