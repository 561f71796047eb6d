using Attune.Kernels;
using Attune.Runtime;
using BenchmarkDotNet.Attributes;

namespace Attune.Benchmarks.Kernels;

/// <summary>
/// One step of an optimizer on all weights of a dense layer. Bound by memory once they no longer fit a cache.
/// </summary>
[Config(typeof(KernelConfig))]
public class OptimizerStepsBenchmarks
{
    private static readonly AdamRates<float> Rates = new(1e-3f, 0.9f, 0.999f, 1e-8f);

    private readonly Workers all = Workers.For(Environment.ProcessorCount);
    private float[] gradient = [];
    private float[] first = [];
    private float[] second = [];
    private float[] weights = [];

    /// <summary>mlp's second layer, mnist's first dense layer.</summary>
    [Params(512 * 512, 9216 * 128)]
    public int Weights { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        gradient = RandomNumbers.Make(Weights, seed: 1);
        weights = RandomNumbers.Make(Weights, seed: 2);
        first = new float[Weights];
        second = new float[Weights];
    }

    [Benchmark(Baseline = true), BenchmarkCategory("SGD with momentum")]
    public void DescendPlain() => PlainLoops.DescendWithMomentum(1e-3f, 0.9f, gradient, first, weights);

    [Benchmark, BenchmarkCategory("SGD with momentum")]
    public void DescendOneThread() =>
        OptimizerSteps.DescendWithMomentum<float>(Workers.Single, 1e-3f, 0.9f, gradient, first, weights);

    [Benchmark, BenchmarkCategory("SGD with momentum")]
    public void DescendAllThreads() =>
        OptimizerSteps.DescendWithMomentum<float>(all, 1e-3f, 0.9f, gradient, first, weights);

    [Benchmark(Baseline = true), BenchmarkCategory("Adam")]
    public void AdamPlain() => PlainLoops.Adam(Rates, gradient, first, second, weights);

    [Benchmark, BenchmarkCategory("Adam")]
    public void AdamOneThread() => OptimizerSteps.Adam<float>(Workers.Single, Rates, gradient, first, second, weights);

    [Benchmark, BenchmarkCategory("Adam")]
    public void AdamAllThreads() => OptimizerSteps.Adam<float>(all, Rates, gradient, first, second, weights);
}
