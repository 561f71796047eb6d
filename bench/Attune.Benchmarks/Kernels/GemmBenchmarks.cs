using Attune.Kernels;
using Attune.Runtime;
using BenchmarkDotNet.Attributes;

namespace Attune.Benchmarks.Kernels;

/// <summary>
/// Matrix products as training and prediction meet them; the plain loop is the library's own reference.
/// </summary>
[Config(typeof(KernelConfig))]
public class GemmBenchmarks
{
    private static readonly Dictionary<string, (bool TransposeA, bool TransposeB, int M, int N, int K)> Shapes = new()
    {
        ["mnist dense_1 forward, one sample"] = (false, true, 1, 128, 9216),
        ["mnist dense_1 forward, 32 samples"] = (false, true, 32, 128, 9216),
        ["mnist dense_1 weight gradient"] = (true, false, 128, 9216, 32),
        ["mlp dense_2 input gradient"] = (false, false, 32, 512, 512),
        ["squeezenet conv_10, one image"] = (false, false, 1000, 169, 512),
        ["square 512"] = (false, false, 512, 512, 512),
    };

    private readonly Workers all = Workers.For(Environment.ProcessorCount);
    private (bool TransposeA, bool TransposeB, int M, int N, int K) shape;
    private float[] a = [];
    private float[] b = [];
    private float[] c = [];

    public static IEnumerable<string> Names => Shapes.Keys;

    [ParamsSource(nameof(Names))]
    public string Product { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        shape = Shapes[Product];
        a = RandomNumbers.Make(shape.M * shape.K, seed: 1);
        b = RandomNumbers.Make(shape.K * shape.N, seed: 2);
        c = new float[shape.M * shape.N];
    }

    [Benchmark(Baseline = true)]
    public void Reference() => Gemm.Reference<float>(
        shape.TransposeA, shape.TransposeB, shape.M, shape.N, shape.K, a, StrideA, b, StrideB, c, shape.N,
        accumulate: false);

    [Benchmark]
    public void OneThread() => Multiply(Workers.Single);

    [Benchmark]
    public void AllThreads() => Multiply(all);

    private int StrideA => shape.TransposeA ? shape.M : shape.K;

    private int StrideB => shape.TransposeB ? shape.K : shape.N;

    private void Multiply(Workers workers) => Gemm.Multiply<float>(
        workers, shape.TransposeA, shape.TransposeB, shape.M, shape.N, shape.K, a, StrideA, b, StrideB, c, shape.N,
        accumulate: false);
}
