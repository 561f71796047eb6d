using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Kernels;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>convolution</c> with isDeconvolution: each element of x adds the weights times itself to a window of
/// y; plus b. It is to x what a convolution's gradient is to its output, so it runs on the same kernels the other way
/// round.
/// </summary>
/// <remarks>
/// Shapes: x is [N×Cin×H×W], of rank 3 or more, leading axes being batch; y is [N×Cout×H'×W'].
/// W is [Cin×Cout/groups×Kh×Kw], b is [Cout]. The windows cover (H−1)·stride + (Kh−1)·dilation + 1. H' is that
/// without the borders for valid padding, H·stride for same, and what outputShape says if it is set. Then what the
/// windows cover beyond H' is cut off, half at each end, an odd one at the bottom and right.
/// The format's comment says that dilation is ignored; the converters' own tests want it honoured, so it is.
/// </remarks>
internal sealed class Deconvolution(
    string name, Window window, int groups, (int Height, int Width)? outputShape, Parameter weights, Parameter? bias)
    : Layer(name, "convolution", bias is null ? [weights] : [weights, bias])
{
    private readonly int inputs = weights.Shape[0];
    private readonly int outputs = weights.Shape[1] * groups;
    private readonly Shape biasShape = Shape.Of(weights.Shape[1] * groups, 1, 1);

    public override bool HasGradient => true;

    public static Deconvolution Read(
        LayerSource source, ConvolutionLayerParams fields, int groups, int outputs, int inputs)
    {
        if (inputs % groups != 0)
            throw source.Refuse($"a number of kernel channels that its {groups} groups divide", $"{inputs}");
        Window window = Window.Read(
            source, fields.KernelSize, fields.Stride, fields.DilationFactor, fields.Valid, fields.Same);
        return new Deconvolution(
            source.Name,
            window,
            groups,
            fields.OutputShape.Count == 0 ? null : source.Pair("output shape", fields.OutputShape, 0, least: 1),
            source.ParameterByAxis(
                "weights", fields.Weights, channelAxis: 1, inputs, outputs / groups, window.Height.Kernel,
                window.Width.Kernel),
            fields.HasBias ? source.Parameter("biases", fields.Bias, outputs) : null);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank < 3 || input[-3] != this.inputs)
            throw Refuse($"{this.inputs} channels (axis -3)", $"{input}");
        (WindowFit height, WindowFit width) = Fit(input);
        return
        [
            WindowShape.With(input, outputs, height, width)
                ?? throw Refuse("images whose result has a size and fits memory", $"{input}"),
        ];
    }

    // Every element of x is multiplied with its channel's share of the weights, whatever is cut off afterwards.
    public override long MultiplyAdds(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
        (long)inputs[0].Count * (weights.Shape.Count / this.inputs);

    public override void Forward<T>(LayerRun<T> run)
    {
        Span<T> y = run.Output(0);
        y.Clear();
        Kernels.Convolution.AddInputGradient(
            run.Workers, GeometryOf(run), BatchOf(run), run.Input(0), run.Parameter(0), y);
        if (bias is not null)
            Strided.Combine<T, Plus>(BiasUnder(run), y, run.Parameter(1));
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ConvolutionGeometry geometry = GeometryOf(run);
        int batch = BatchOf(run);
        ReadOnlySpan<T> dy = run.OutputGradient(0);

        // dx = the convolution of dy
        if (run.WantsInputGradient(0))
        {
            Span<T> dx = run.InputGradient(0);
            T[] rented = ArrayPool<T>.Shared.Rent(dx.Length);
            Span<T> addend = rented.AsSpan(0, dx.Length);
            Kernels.Convolution.Forward(run.Workers, geometry, batch, dy, run.Parameter(0), [], addend);
            TensorPrimitives.Add(dx, addend, dx);
            ArrayPool<T>.Shared.Return(rented);
        }

        // dW, with x and dy in each other's place
        if (run.WantsParameterGradient(0))
            Kernels.Convolution.AddWeightGradient(
                run.Workers, geometry, batch, dy, run.Input(0), run.ParameterGradient(0));

        // db = the sum of dy, over all places and samples
        if (bias is not null && run.WantsParameterGradient(1))
            Strided.AddTo(BiasUnder(run), dy, run.ParameterGradient(1));
    }

    private RunWalk BiasUnder<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T> =>
        RunWalk.Repeating(run.OutputShape(0), biasShape, run.Batch, partHasBatch: false);

    private static int BatchOf<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T> =>
        run.Batch * run.InputShape(0).CountOf(0, run.InputShape(0).Rank - 3);

    private (WindowFit Height, WindowFit Width) Fit(Shape input) =>
        (window.Height.Under(input[-2], outputShape?.Height), window.Width.Under(input[-1], outputShape?.Width));

    // Of the convolution that goes from y to x.
    private ConvolutionGeometry GeometryOf<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape x = run.InputShape(0);
        (WindowFit height, WindowFit width) = Fit(x);
        return new ConvolutionGeometry(
            outputs, (int)height.Count, (int)width.Count, inputs, x[-2], x[-1],
            window.Height.Kernel, window.Width.Kernel,
            window.Height.Stride, window.Width.Stride,
            window.Height.Dilation, window.Width.Dilation,
            (int)height.Before, (int)width.Before,
            groups);
    }
}
