using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>bias</c>: y = x + bias, which is repeated to fill x.</summary>
/// <remarks>
/// Shapes: x is [N×C×H×W], or any rank of 3 or more; the bias is [1], [C], [1×H×W] or [C×H×W]; y is as x.
/// </remarks>
internal sealed class Bias(string name, Parameter bias, Shape shape) : Layer(name, "bias", bias)
{
    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public static Bias Read(LayerSource source)
    {
        BiasLayerParams fields = source.Specification.Bias;
        Shape shape = ChannelShape.Read(source, "shape", fields.Shape);
        return new Bias(source.Name, source.Parameter("bias", fields.Bias, shape.Count), shape);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => ChannelShape.Fills(shape, inputs[0])
        ? [inputs[0]]
        : throw Refuse($"an input that {shape} can be repeated to fill", $"{inputs[0]}");

    public override bool IsChannelAffine(Shape input) => ChannelShape.IsPerChannel(shape);

    public override ChannelAffine AffineOf(int channels, IReadOnlyList<ReadOnlyMemory<float>> parameters) =>
        ChannelShape.AffineOf(channels, [], parameters[0].Span);

    public override void Forward<T>(LayerRun<T> run)
    {
        run.Input(0).CopyTo(run.Output(0));
        Strided.Combine<T, Plus>(Under(run.OutputShape(0), run.Batch), run.Output(0), run.Parameter(0));
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        if (run.WantsInputGradient(0))
            TensorPrimitives.Add(run.InputGradient(0), run.OutputGradient(0), run.InputGradient(0));
        if (run.WantsParameterGradient(0))
            Strided.AddTo(Under(run.OutputShape(0), run.Batch), run.OutputGradient(0), run.ParameterGradient(0));
    }

    private RunWalk Under(Shape whole, int batch) => RunWalk.Repeating(whole, shape, batch, partHasBatch: false);
}
