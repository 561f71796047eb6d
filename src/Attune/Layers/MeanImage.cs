using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's image preprocessing <c>meanImage</c>: y = x − mean, element by element.</summary>
/// <remarks>Shapes: x is [N×C×H×W], or any rank of 3 or more, for a mean of C·H·W values in that order; y is the
/// same.</remarks>
internal sealed class MeanImage(string name, ReadOnlyMemory<float> mean) : Layer(name, "meanImage")
{
    public MeanImage(string name, float[] mean)
        : this(name, mean.AsMemory())
    {
    }

    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        return input.Rank >= 3 && input.CountOf(input.Rank - 3, input.Rank) == mean.Length
            ? [input]
            : throw Refuse($"images of {mean.Length} values", $"{input}");
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        Span<T> y = run.Output(0);
        ReadOnlySpan<float> values = mean.Span;
        for (int start = 0; start < x.Length; start += values.Length)
            for (int i = 0; i < values.Length; i++)
                y[start + i] = x[start + i] - T.CreateTruncating(values[i]);
    }

    public override void Backward<T>(LayerRun<T> run) =>
        TensorPrimitives.Add(run.InputGradient(0), run.OutputGradient(0), run.InputGradient(0));
}
