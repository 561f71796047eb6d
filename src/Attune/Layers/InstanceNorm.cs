using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>batchnorm</c> with computeMeanVar and instanceNormalization: y = γ·(x − mean) / √(variance + ε) + β,
/// where mean and variance are those of the channel in its own image.
/// </summary>
/// <remarks>
/// Shapes: x is [N×C×H×W], or any rank of 3 or more, leading axes being batch; γ and β are [C]; y is as x.
/// The variance is the mean of the squares (no n−1).
/// </remarks>
internal sealed class InstanceNorm(string name, Parameter gamma, Parameter beta, float epsilon)
    : Layer(name, "batchnorm", gamma, beta)
{
    private readonly int channels = gamma.Shape.Count;

    public override bool HasGradient => true;

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => inputs[0].Rank >= 3 && inputs[0][-3] == channels
        ? [inputs[0]]
        : throw Refuse($"{channels} channels (axis -3)", $"{inputs[0]}");

    public override void Forward<T>(LayerRun<T> run)
    {
        int plane = PlaneOf(run.InputShape(0));
        for (int start = 0; start < run.Input(0).Length; start += plane)
        {
            int channel = start / plane % channels;
            ReadOnlySpan<T> x = run.Input(0).Slice(start, plane);
            Span<T> y = run.Output(0).Slice(start, plane);
            (T mean, T scale) = Statistics(x);
            TensorPrimitives.Subtract(x, mean, y);
            TensorPrimitives.Multiply(y, scale * run.Parameter(0)[channel], y);
            TensorPrimitives.Add(y, run.Parameter(1)[channel], y);
        }
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        int plane = PlaneOf(run.InputShape(0));
        for (int start = 0; start < run.Input(0).Length; start += plane)
        {
            int channel = start / plane % channels;
            ReadOnlySpan<T> x = run.Input(0).Slice(start, plane);
            ReadOnlySpan<T> dy = run.OutputGradient(0).Slice(start, plane);
            (T mean, T scale) = Statistics(x);

            // With n = (x − mean)·scale: dβ = Σ dy, dγ = Σ dy·n
            T sum = TensorPrimitives.Sum(dy);
            T dot = (TensorPrimitives.Dot(dy, x) - mean * sum) * scale;
            if (run.WantsParameterGradient(0))
                run.ParameterGradient(0)[channel] += dot;
            if (run.WantsParameterGradient(1))
                run.ParameterGradient(1)[channel] += sum;
            if (!run.WantsInputGradient(0))
                continue;

            // dx = γ·scale·(dy − mean(dy) − n·mean(dy·n)): x moves its mean and variance, too
            Span<T> dx = run.InputGradient(0).Slice(start, plane);
            T size = T.CreateTruncating(plane);
            for (int i = 0; i < plane; i++)
                dx[i] += run.Parameter(0)[channel] * scale * (dy[i] - sum / size - (x[i] - mean) * scale * dot / size);
        }
    }

    private static int PlaneOf(Shape shape) => Math.Max(1, shape[-2] * shape[-1]);

    private (T Mean, T Scale) Statistics<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T size = T.CreateTruncating(x.Length);
        T mean = TensorPrimitives.Sum(x) / size;
        T squares = T.Zero;
        foreach (T value in x)
            squares += (value - mean) * (value - mean);
        return (mean, T.One / T.Sqrt(squares / size + T.CreateTruncating(epsilon)));
    }
}
