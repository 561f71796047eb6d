namespace Attune.Graph;

/// <summary>Changes parameters by their gradients. Holds the state that it needs for each of them.</summary>
internal interface IOptimizer
{
    /// <summary>Called once per mini-batch, before the parameters are stepped with this learning rate.</summary>
    void BeginStep(double learningRate);

    /// <summary>One step of one parameter.</summary>
    /// <param name="parameter">Its place in the list that the optimizer was made for.</param>
    /// <param name="values">Its numbers, changed in place.</param>
    /// <param name="gradient">The mean gradient over the mini-batch.</param>
    void Step(int parameter, Span<float> values, ReadOnlySpan<float> gradient);
}
