using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>scale</c>: y = scale · x + bias, both repeated to fill x.</summary>
/// <remarks>
/// Shapes: x is [N×C×H×W], or any rank of 3 or more; scale and bias are [1], [C], [1×H×W] or [C×H×W]; y is as x.
/// </remarks>
internal sealed class Scale(string name, Parameter scale, Shape scaleShape, Parameter? bias, Shape biasShape)
    : Layer(name, "scale", bias is null ? [scale] : [scale, bias])
{
    public override bool HasGradient => true;

    public static Scale Read(LayerSource source)
    {
        ScaleLayerParams fields = source.Specification.Scale;
        Shape scaleShape = ChannelShape.Read(source, "shapeScale", fields.ShapeScale);
        Shape biasShape = fields.HasBias ? ChannelShape.Read(source, "shapeBias", fields.ShapeBias) : Shape.Scalar;
        return new Scale(
            source.Name,
            source.Parameter("scale", fields.Scale, scaleShape.Count),
            scaleShape,
            fields.HasBias ? source.Parameter("bias", fields.Bias, biasShape.Count) : null,
            biasShape);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (!ChannelShape.Fills(scaleShape, input) || !ChannelShape.Fills(biasShape, input))
            throw Refuse($"an input that {scaleShape} and {biasShape} can be repeated to fill", $"{input}");
        return [input];
    }

    public override bool IsChannelAffine(Shape input) =>
        ChannelShape.IsPerChannel(scaleShape) && ChannelShape.IsPerChannel(biasShape);

    public override ChannelAffine AffineOf(int channels, IReadOnlyList<ReadOnlyMemory<float>> parameters) =>
        ChannelShape.AffineOf(channels, parameters[0].Span, bias is null ? [] : parameters[1].Span);

    public override void Forward<T>(LayerRun<T> run)
    {
        run.Input(0).CopyTo(run.Output(0));
        Strided.Combine<T, Times>(Under(run, scaleShape), run.Output(0), run.Parameter(0));
        if (bias is not null)
            Strided.Combine<T, Plus>(Under(run, biasShape), run.Output(0), run.Parameter(1));
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        if (bias is not null && run.WantsParameterGradient(1))
            Strided.AddTo(Under(run, biasShape), dy, run.ParameterGradient(1));

        T[] rented = ArrayPool<T>.Shared.Rent(dy.Length);
        Span<T> product = rented.AsSpan(0, dy.Length);
        if (run.WantsParameterGradient(0))
        {
            // dscale = the sum of dy·x
            TensorPrimitives.Multiply(dy, run.Input(0), product);
            Strided.AddTo<T>(Under(run, scaleShape), product, run.ParameterGradient(0));
        }
        if (run.WantsInputGradient(0))
        {
            // dx = dy·scale
            dy.CopyTo(product);
            Strided.Combine<T, Times>(Under(run, scaleShape), product, run.Parameter(0));
            TensorPrimitives.Add(run.InputGradient(0), product, run.InputGradient(0));
        }
        ArrayPool<T>.Shared.Return(rented);
    }

    private static RunWalk Under<T>(LayerRun<T> run, Shape part) where T : unmanaged, IFloatingPointIeee754<T> =>
        RunWalk.Repeating(run.OutputShape(0), part, run.Batch, partHasBatch: false);
}
