using Attune.Kernels;
using Attune.Runtime;
using BenchmarkDotNet.Attributes;

namespace Attune.Benchmarks.Kernels;

/// <summary>Activation functions over the output of mnist's second convolution, eight samples.</summary>
[Config(typeof(KernelConfig))]
public class ActivationBenchmarks
{
    private const int Count = 8 * 64 * 24 * 24;
    private readonly float[] x = RandomNumbers.Make(Count, seed: 1);
    private readonly float[] y = new float[Count];
    private readonly float[] dy = RandomNumbers.Make(Count, seed: 2);
    private readonly float[] dx = new float[Count];

    private Func<float, float> function = MathF.Abs;
    private ActivationKind kind;

    [Params("ReLU", "Sigmoid", "Tanh")]
    public string Function { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        kind = Enum.Parse<ActivationKind>(Function);
        function = kind switch
        {
            ActivationKind.ReLU => value => MathF.Max(0, value),
            ActivationKind.Sigmoid => value => 1 / (1 + MathF.Exp(-value)),
            _ => MathF.Tanh,
        };
        ForwardPlain();
    }

    [Benchmark(Baseline = true), BenchmarkCategory("forward")]
    public void ForwardPlain()
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = function(x[i]);
    }

    [Benchmark, BenchmarkCategory("forward")]
    public void Forward() => Activations.Forward<float>(Workers.Single, kind, 0, 0, x, y);

    [Benchmark(Baseline = true), BenchmarkCategory("gradient")]
    public void GradientPlain()
    {
        for (int i = 0; i < x.Length; i++)
            dx[i] += dy[i] * kind switch
            {
                ActivationKind.ReLU => x[i] > 0 ? 1 : 0,
                ActivationKind.Sigmoid => y[i] * (1 - y[i]),
                _ => 1 - y[i] * y[i],
            };
    }

    [Benchmark, BenchmarkCategory("gradient")]
    public void Gradient() => Activations.AddInputGradient<float>(Workers.Single, kind, 0, 0, x, y, dy, dx);
}
