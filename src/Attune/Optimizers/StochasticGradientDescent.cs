using Attune.Graph;
using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Optimizers;

/// <summary>
/// Core ML's <c>sgdOptimizer</c>: v = m·v + lr·g; w -= v. Without momentum: w -= lr·g.
/// </summary>
/// <remarks>
/// The learning rate stands inside the accumulator: a change of it while training does not reach what v holds already.
/// PyTorch's form, v = m·v + g; w -= lr·v, takes the same steps while the rate is constant. Source: semantics.md 3.5.
/// </remarks>
internal sealed class StochasticGradientDescent : IOptimizer
{
    private readonly Workers workers;
    private readonly float momentum;
    private readonly float[][] velocities;
    private float learningRate;

    /// <param name="momentum">m; at 0 there is no accumulator.</param>
    /// <param name="counts">The number of elements of each parameter.</param>
    /// <param name="workers">The threads that a step may use.</param>
    public StochasticGradientDescent(double momentum, IReadOnlyList<int> counts, Workers workers)
    {
        this.workers = workers;
        this.momentum = (float)momentum;
        velocities = momentum == 0 ? [] : [.. counts.Select(count => new float[count])];
    }

    public void BeginStep(double learningRate) => this.learningRate = (float)learningRate;

    public void Step(int parameter, Span<float> values, ReadOnlySpan<float> gradient)
    {
        if (velocities.Length == 0)
            OptimizerSteps.Descend(workers, learningRate, gradient, values);
        else
            OptimizerSteps.DescendWithMomentum(workers, learningRate, momentum, gradient, velocities[parameter], values);
    }
}
