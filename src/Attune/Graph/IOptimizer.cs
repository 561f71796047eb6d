using Attune.Kernels;

namespace Attune.Graph;

/// <summary>Changes parameters by their gradients. Holds the state that it needs for each of them.</summary>
internal interface IOptimizer
{
    /// <summary>Called once per mini-batch, before the parameters are stepped with this learning rate.</summary>
    void BeginStep(double learningRate);

    /// <summary>The step of one parameter in this mini-batch.</summary>
    /// <param name="parameter">Its place in the list that the optimizer was made for.</param>
    ParameterStep StepOf(int parameter);

    /// <summary>How many mini-batches there were.</summary>
    long StepCount { get; set; }

    /// <summary>All that it keeps from one mini-batch to the next, besides their number.</summary>
    IReadOnlyList<Memory<float>> Accumulators { get; }
}
