using Attune.Kernels;
using Attune.Runtime;
using BenchmarkDotNet.Attributes;

namespace Attune.Benchmarks.Kernels;

/// <summary>
/// Convolutions of real networks, forward and their gradients; the plain loops are the library's own reference.
/// </summary>
[Config(typeof(KernelConfig))]
public class ConvolutionBenchmarks
{
    private static readonly Dictionary<string, (int Batch, ConvolutionGeometry Geometry)> Sizes = new()
    {
        ["mnist conv_2, 3x3"] = (8, Square(32, 26, 64, 24, kernel: 3, stride: 1, pad: 0, groups: 1)),
        ["squeezenet fire4_expand3x3"] = (1, Square(32, 27, 128, 27, kernel: 3, stride: 1, pad: 1, groups: 1)),
        ["squeezenet fire4_squeeze, 1x1"] = (1, Square(128, 27, 32, 27, kernel: 1, stride: 1, pad: 0, groups: 1)),
        ["mobilenet conv_1, 3x3 stride 2"] = (1, Square(3, 224, 16, 112, kernel: 3, stride: 2, pad: 1, groups: 1)),
        ["mobilenet dw_3, depthwise"] = (1, Square(64, 56, 64, 56, kernel: 3, stride: 1, pad: 1, groups: 64)),
        ["mobilenet pw_8, 1x1"] = (1, Square(256, 14, 256, 14, kernel: 1, stride: 1, pad: 0, groups: 1)),
    };

    private readonly Workers all = Workers.For(Environment.ProcessorCount);
    private ConvolutionGeometry geometry;
    private int batch;
    private float[] x = [];
    private float[] y = [];
    private float[] weights = [];
    private float[] bias = [];

    public static IEnumerable<string> Names => Sizes.Keys;

    [ParamsSource(nameof(Names))]
    public string Layer { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        (batch, geometry) = Sizes[Layer];
        x = RandomNumbers.Make(batch * geometry.InputCount, seed: 1);
        y = RandomNumbers.Make(batch * geometry.OutputCount, seed: 2);
        weights = RandomNumbers.Make(geometry.WeightCount, seed: 3);
        bias = RandomNumbers.Make(geometry.OutputChannels, seed: 4);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("forward")]
    public void ForwardReference() =>
        ConvolutionReference.Forward<float>(geometry, batch, x, weights, bias, y);

    [Benchmark, BenchmarkCategory("forward")]
    public void ForwardOneThread() =>
        Convolution.Forward<float>(Workers.Single, geometry, batch, x, weights, bias, y);

    [Benchmark, BenchmarkCategory("forward")]
    public void ForwardAllThreads() =>
        Convolution.Forward<float>(all, geometry, batch, x, weights, bias, y);

    [Benchmark(Baseline = true), BenchmarkCategory("input gradient")]
    public void InputGradientReference() =>
        ConvolutionReference.AddInputGradient<float>(geometry, batch, y, weights, x);

    [Benchmark, BenchmarkCategory("input gradient")]
    public void InputGradientOneThread() =>
        Convolution.AddInputGradient<float>(Workers.Single, geometry, batch, y, weights, x);

    [Benchmark, BenchmarkCategory("input gradient")]
    public void InputGradientAllThreads() =>
        Convolution.AddInputGradient<float>(all, geometry, batch, y, weights, x);

    [Benchmark(Baseline = true), BenchmarkCategory("weight gradient")]
    public void WeightGradientReference() =>
        ConvolutionReference.AddWeightGradient<float>(geometry, batch, x, y, weights);

    [Benchmark, BenchmarkCategory("weight gradient")]
    public void WeightGradientOneThread() =>
        Convolution.AddWeightGradient<float>(Workers.Single, geometry, batch, x, y, weights);

    [Benchmark, BenchmarkCategory("weight gradient")]
    public void WeightGradientAllThreads() =>
        Convolution.AddWeightGradient<float>(all, geometry, batch, x, y, weights);

    private static ConvolutionGeometry Square(
        int channels, int input, int outputChannels, int output, int kernel, int stride, int pad, int groups) =>
        new(
            channels, input, input, outputChannels, output, output, kernel, kernel, stride, stride,
            DilationHeight: 1, DilationWidth: 1, pad, pad, groups);
}
