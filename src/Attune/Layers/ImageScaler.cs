using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's image preprocessing <c>scaler</c>: y = scale · x + bias of the channel.</summary>
/// <remarks>Shapes: x is [N×C×H×W], or any rank of 3 or more, for C biases in the order of its channels; y is the
/// same.</remarks>
internal sealed class ImageScaler(string name, float scale, params float[] biases) : Layer(name, "scaler")
{
    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) =>
        inputs[0].Rank >= 3 && inputs[0][-3] == biases.Length
            ? [inputs[0]]
            : throw Refuse($"images of {biases.Length} channels", $"{inputs[0]}");

    public override void Forward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        Span<T> y = run.Output(0);
        int plane = run.InputShape(0)[-2] * run.InputShape(0)[-1];
        T factor = T.CreateTruncating(scale);
        for (int start = 0, channel = 0; start < x.Length; start += plane, channel = (channel + 1) % biases.Length)
        {
            Span<T> row = y.Slice(start, plane);
            TensorPrimitives.Multiply(x.Slice(start, plane), factor, row);
            TensorPrimitives.Add(row, T.CreateTruncating(biases[channel]), row);
        }
    }

    public override void Backward<T>(LayerRun<T> run) => TensorPrimitives.MultiplyAdd(
        run.OutputGradient(0), T.CreateTruncating(scale), run.InputGradient(0), run.InputGradient(0));
}
