using Attune.Kernels;
using Attune.Runtime;
using BenchmarkDotNet.Attributes;

namespace Attune.Benchmarks.Kernels;

/// <summary>Poolings of real networks without padding.</summary>
[Config(typeof(KernelConfig))]
public class PoolingBenchmarks
{
    private static readonly Dictionary<string, (int Batch, PoolingKind Kind, PoolingGeometry Geometry)> Sizes = new()
    {
        ["mnist pool_1, max 2x2"] = (32, PoolingKind.Max, Square(64, 24, 12, kernel: 2, stride: 2)),
        ["squeezenet pool_1, max 3x3"] = (1, PoolingKind.Max, Square(64, 111, 55, kernel: 3, stride: 2)),
        ["mobilenet global_pool"] = (8, PoolingKind.Average, Square(512, 7, 1, kernel: 7, stride: 1)),
    };

    private readonly Workers all = Workers.For(Environment.ProcessorCount);
    private PoolingKind kind;
    private PoolingGeometry geometry;
    private int batch;
    private float[] x = [];
    private float[] y = [];
    private float[] dy = [];
    private float[] dx = [];

    public static IEnumerable<string> Names => Sizes.Keys;

    [ParamsSource(nameof(Names))]
    public string Layer { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        (batch, kind, geometry) = Sizes[Layer];
        int planes = batch * geometry.Channels;
        x = RandomNumbers.Make(planes * geometry.InputPlane, seed: 1);
        y = new float[planes * geometry.OutputPlane];
        dy = RandomNumbers.Make(y.Length, seed: 2);
        dx = new float[x.Length];
        ForwardPlain();
    }

    [Benchmark(Baseline = true), BenchmarkCategory("forward")]
    public void ForwardPlain() => PlainLoops.Pool(kind, geometry, batch, x, y);

    [Benchmark, BenchmarkCategory("forward")]
    public void ForwardOneThread() => Pooling.Forward<float>(Workers.Single, kind, geometry, batch, x, y);

    [Benchmark, BenchmarkCategory("forward")]
    public void ForwardAllThreads() => Pooling.Forward<float>(all, kind, geometry, batch, x, y);

    [Benchmark(Baseline = true), BenchmarkCategory("gradient")]
    public void GradientPlain() => PlainLoops.AddPoolGradient(kind, geometry, batch, x, dy, dx);

    [Benchmark, BenchmarkCategory("gradient")]
    public void GradientOneThread() =>
        Pooling.AddInputGradient<float>(Workers.Single, kind, geometry, batch, x, y, dy, dx);

    [Benchmark, BenchmarkCategory("gradient")]
    public void GradientAllThreads() => Pooling.AddInputGradient<float>(all, kind, geometry, batch, x, y, dy, dx);

    private static PoolingGeometry Square(int channels, int input, int output, int kernel, int stride) =>
        new(channels, input, input, output, output, kernel, kernel, stride, stride, 0, 0, 0, 0, ExcludePadding: true);
}
