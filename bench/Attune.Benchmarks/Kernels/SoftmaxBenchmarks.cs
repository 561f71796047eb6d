using Attune.Kernels;
using Attune.Runtime;
using BenchmarkDotNet.Attributes;

namespace Attune.Benchmarks.Kernels;

/// <summary>Softmax over the classes of a batch, or over the channels of an image.</summary>
[Config(typeof(KernelConfig))]
public class SoftmaxBenchmarks
{
    private static readonly Dictionary<string, (int Outer, int Length, int Inner)> Sizes = new()
    {
        ["32 samples of 10 classes"] = (32, 10, 1),
        ["one sample of 1000 classes"] = (1, 1000, 1),
        ["32 samples of 1000 classes"] = (32, 1000, 1),
        ["21 channels of 64x64 pixels"] = (1, 21, 64 * 64),
    };

    private (int Outer, int Length, int Inner) size;
    private float[] x = [];
    private float[] y = [];
    private float[] dx = [];

    public static IEnumerable<string> Names => Sizes.Keys;

    [ParamsSource(nameof(Names))]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        size = Sizes[Size];
        x = RandomNumbers.Make(size.Outer * size.Length * size.Inner, seed: 1);
        y = new float[x.Length];
        dx = new float[x.Length];
        ForwardPlain();
    }

    [Benchmark(Baseline = true), BenchmarkCategory("forward")]
    public void ForwardPlain() => PlainLoops.Softmax(size.Outer, size.Length, size.Inner, x, y);

    [Benchmark, BenchmarkCategory("forward")]
    public void Forward() => Softmax.Forward<float>(Workers.Single, size.Outer, size.Length, size.Inner, x, y);

    [Benchmark(Baseline = true), BenchmarkCategory("gradient")]
    public void GradientPlain() => PlainLoops.AddSoftmaxGradient(size.Outer, size.Length, size.Inner, y, x, dx);

    [Benchmark, BenchmarkCategory("gradient")]
    public void Gradient() =>
        Softmax.AddInputGradient<float>(Workers.Single, size.Outer, size.Length, size.Inner, y, x, dx);
}
