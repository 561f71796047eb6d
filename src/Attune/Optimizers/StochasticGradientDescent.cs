using Attune.Graph;
using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Optimizers;

/// <summary>
/// Core ML's <c>sgdOptimizer</c>: v = m·v + lr·g; w -= v. Without momentum: w -= lr·g.
/// </summary>
/// <remarks>
/// The learning rate stands inside the accumulator: a change of it while training does not reach what v holds already.
/// PyTorch's form, v = m·v + g; w -= lr·v, takes the same steps while the rate is constant. docs/updates.md says more.
/// </remarks>
internal sealed class StochasticGradientDescent : IOptimizer
{
    private readonly float momentum;
    private readonly Memory<float>[] velocities;
    private float learningRate;

    /// <param name="momentum">m; at 0 there is no accumulator.</param>
    /// <param name="counts">The number of elements of each parameter.</param>
    public StochasticGradientDescent(double momentum, IReadOnlyList<int> counts)
    {
        this.momentum = (float)momentum;
        velocities = momentum == 0 ? [] : [.. counts.Select(count => AlignedMemory.Allocate<float>(count))];
    }

    public long StepCount { get; set; }

    public IReadOnlyList<Memory<float>> Accumulators => velocities;

    public void BeginStep(double learningRate)
    {
        StepCount++;
        this.learningRate = (float)learningRate;
    }

    public ParameterStep StepOf(int parameter) => new()
    {
        Kind = velocities.Length == 0 ? StepKind.Descend : StepKind.Momentum,
        Rate = learningRate,
        Momentum = momentum,
        First = velocities.Length == 0 ? [] : velocities[parameter].Span,
    };
}
