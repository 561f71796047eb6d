using System.Numerics;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>softmax</c>, along axis -3 (channels), and <c>softmaxND</c>, along any axis: y = e^x / the sum of e^x.
/// </summary>
/// <remarks>Shapes: x is of rank 3 or more for <c>softmax</c>, of any rank for <c>softmaxND</c>; y is the
/// same.</remarks>
internal sealed class Softmax(string name, string kind, long axis) : Layer(name, kind), ISoftmax
{
    public override bool HasGradient => true;

    public bool IsOverAll(Shape shape) => shape[Axis.Resolve(axis, shape.Rank)] == shape.Count;

    public static Softmax Read(LayerSource source) =>
        new(source.Name, source.Kind, source.Specification.SoftmaxND is { } fields ? fields.Axis : -3);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => Axis.Resolve(axis, inputs[0].Rank) >= 0
        ? [inputs[0]]
        : throw Refuse($"an input that has axis {axis}, along which it runs", $"{inputs[0]}");

    public override void Forward<T>(LayerRun<T> run)
    {
        (int outer, int length, int inner) = Sizes(run);
        Kernels.Softmax.Forward(run.Workers, outer, length, inner, run.Input(0), run.Output(0));
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        (int outer, int length, int inner) = Sizes(run);
        Kernels.Softmax.AddInputGradient(
            run.Workers, outer, length, inner, run.Output(0), run.OutputGradient(0), run.InputGradient(0));
    }

    private (int Outer, int Length, int Inner) Sizes<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = run.InputShape(0);
        int along = Axis.Resolve(axis, shape.Rank);
        return (run.Batch * shape.CountOf(0, along), shape[along], shape.CountOf(along + 1, shape.Rank));
    }
}
