using Attune.Graph;
using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Optimizers;

/// <summary>
/// Core ML's <c>adamOptimizer</c>: t += 1; m = b1·m + (1 - b1)·g; v = b2·v + (1 - b2)·g²;
/// w -= lr·√(1 - b2^t)/(1 - b1^t) · m / (√v + eps).
/// </summary>
/// <remarks>
/// Eps joins the root of the uncorrected v ("eps hat"). The textbook's form, which PyTorch uses, adds it to the root of
/// the corrected one: the same with eps·√(1 - b2^t) in place of eps. t counts mini-batches over the whole task. See
/// docs/updates.md.
/// </remarks>
internal sealed class Adam : IOptimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly bool isTextbook;
    private readonly Memory<float>[] means;
    private readonly Memory<float>[] squares;
    private AdamRates<float> rates;

    /// <param name="beta1">Decay of the mean of the gradients.</param>
    /// <param name="beta2">Decay of the mean of their squares.</param>
    /// <param name="epsilon">Keeps the step finite where gradients are 0.</param>
    /// <param name="isTextbook">Whether epsilon joins the corrected root.</param>
    /// <param name="counts">The number of elements of each parameter.</param>
    public Adam(double beta1, double beta2, double epsilon, bool isTextbook, IReadOnlyList<int> counts)
    {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.isTextbook = isTextbook;
        means = [.. counts.Select(count => AlignedMemory.Allocate<float>(count))];
        squares = [.. counts.Select(count => AlignedMemory.Allocate<float>(count))];
    }

    public long StepCount { get; set; }

    public IReadOnlyList<Memory<float>> Accumulators => [.. means, .. squares];

    public void BeginStep(double learningRate)
    {
        StepCount++;
        double correction = Math.Sqrt(1 - Math.Pow(beta2, StepCount));
        rates = new AdamRates<float>(
            (float)(learningRate * correction / (1 - Math.Pow(beta1, StepCount))),
            (float)beta1,
            (float)beta2,
            (float)(isTextbook ? epsilon * correction : epsilon));
    }

    public ParameterStep StepOf(int parameter) => new()
    {
        Kind = StepKind.Adam,
        Adam = rates,
        First = means[parameter].Span,
        Second = squares[parameter].Span,
    };
}
