using System.Numerics;
using System.Runtime.InteropServices;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Kernels;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>convolution</c>: y is at each place the sum of a window of x times the weights (which are not flipped),
/// plus b.
/// </summary>
/// <remarks>
/// Shapes: x is [N×Cin×H×W], of rank 3 or more, leading axes being batch; y is [N×Cout×H'×W'].
/// W is [Cout×Cin/groups×Kh×Kw], b is [Cout]. H' = ⌊(H + zeros − ((Kh−1)·dilation+1)) / stride⌋ + 1 for valid padding,
/// ⌈H / stride⌉ for same.
/// </remarks>
internal sealed class Convolution(string name, Window window, int groups, Parameter weights, Parameter? bias)
    : Layer(name, "convolution", bias is null ? [weights] : [weights, bias])
{
    private readonly int outputs = weights.Shape[0];
    private readonly int inputs = weights.Shape[1] * groups;

    public override bool HasGradient => true;

    public override bool CanRectify => true;

    public override bool CanFold => true;

    public override BatchHabit Habit => BatchHabit.Apart;

    /// <summary>
    /// A <see cref="Convolution"/> or, as the file has them in one field, a <see cref="Deconvolution"/>.
    /// </summary>
    public static Layer Read(LayerSource source)
    {
        ConvolutionLayerParams fields = source.Specification.Convolution;
        if (source.Specification.Input.Count == 2)
            throw source.Unsupported("takes its weights from a second input, which is not supported.");
        int groups = Math.Max(1, source.Amount("number of groups", fields.NGroups));
        int outputs = source.Amount("number of output channels", fields.OutputChannels, 1);
        int channels = source.Amount("number of kernel channels", fields.KernelChannels, 1);
        if (outputs % groups != 0)
            throw source.Refuse($"a number of output channels that its {groups} groups divide", $"{outputs}");
        if (fields.IsDeconvolution)
            return Deconvolution.Read(source, fields, groups, outputs, channels);

        if ((long)channels * groups > int.MaxValue)
            throw source.Refuse(
                "a number of input channels that fits memory", $"{channels} in each of {groups} groups");
        Window window = Window.Read(
            source, fields.KernelSize, fields.Stride, fields.DilationFactor, fields.Valid, fields.Same);
        return new Convolution(
            source.Name,
            window,
            groups,
            source.Parameter("weights", fields.Weights, outputs, channels, window.Height.Kernel, window.Width.Kernel),
            fields.HasBias ? source.Parameter("biases", fields.Bias, outputs) : null);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank < 3 || input[-3] != this.inputs)
            throw Refuse($"{this.inputs} channels (axis -3)", $"{input}");
        return [WindowShape.Of(input, outputs, window) ?? throw Refuse(WindowShape.Takes(window), $"{input}")];
    }

    // Every place of a channel takes one filter, which is that channel's share of the weights.
    public override long MultiplyAdds(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
        (long)outputs[0].Count * (weights.Shape.Count / this.outputs);

    public override object? Pack(
        Shape input, Shape output, IReadOnlyList<ReadOnlyMemory<float>> parameters, ChannelAffine? folded)
    {
        ConvolutionGeometry geometry = GeometryOf(input, output);
        ReadOnlyMemory<float> biases = bias is null ? default : parameters[1];
        return folded is null
            ? new PackedFilters(geometry, parameters[0].Span, biases.Span)
            : new PackedFilters(
                geometry, Scaled(geometry, parameters[0].Span, folded), Shifted(outputs, biases.Span, folded));
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        if (run.Packed is PackedFilters packed)
        {
            Kernels.Convolution.Forward(
                run.Workers, BatchOf(run), MemoryMarshal.Cast<T, float>(run.Input(0)), packed,
                packed.Biases, MemoryMarshal.Cast<T, float>(run.Output(0)), run.Rectifies);
            return;
        }
        ReadOnlySpan<T> biases = bias is null ? [] : run.Parameter(1);
        Kernels.Convolution.Forward(
            run.Workers, GeometryOf(run), BatchOf(run), run.Input(0), run.Parameter(0), biases, run.Output(0),
            run.Rectifies);
    }

    public override bool StoresFirstGradient => true;

    public override void Backward<T>(LayerRun<T> run)
    {
        ConvolutionGeometry geometry = GeometryOf(run);
        int batch = BatchOf(run);
        ReadOnlySpan<T> dy = run.OutputGradient(0);

        // dx: each element of x gets from every window that it lies in
        if (run.WantsInputGradient(0))
            Kernels.Convolution.AddInputGradient(
                run.Workers, geometry, batch, dy, run.Parameter(0), run.InputGradient(0), run.IsFirst(0));

        // dW = the sum of dy times the window of x, over all places and samples
        if (run.WantsParameterGradient(0))
            Kernels.Convolution.AddWeightGradient(
                run.Workers, geometry, batch, run.Input(0), dy, run.ParameterGradient(0));

        // db = the sum of dy, over all places and samples
        if (bias is not null && run.WantsParameterGradient(1))
            Kernels.Convolution.AddBiasGradient(run.Workers, geometry, batch, dy, run.ParameterGradient(1));
    }

    /// <summary>Weights that make scale·y of what the others make y of.</summary>
    private static float[] Scaled(in ConvolutionGeometry geometry, ReadOnlySpan<float> weights, ChannelAffine folded)
    {
        var scaled = new float[geometry.WeightCount];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (float)(weights[i] * folded.Scale[i / geometry.FilterSize]);
        return scaled;
    }

    /// <summary>Biases that make scale·y + shift.</summary>
    private static float[] Shifted(int outputs, ReadOnlySpan<float> biases, ChannelAffine folded)
    {
        var shifted = new float[outputs];
        for (int o = 0; o < outputs; o++)
            shifted[o] = (float)((biases.IsEmpty ? 0 : biases[o] * folded.Scale[o]) + folded.Shift[o]);
        return shifted;
    }

    private static int BatchOf<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T> =>
        run.Batch * run.InputShape(0).CountOf(0, run.InputShape(0).Rank - 3);

    private ConvolutionGeometry GeometryOf<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T> =>
        GeometryOf(run.InputShape(0), run.OutputShape(0));

    private ConvolutionGeometry GeometryOf(Shape x, Shape y) => new(
        inputs, x[-2], x[-1], outputs, y[-2], y[-1],
        window.Height.Kernel, window.Width.Kernel,
        window.Height.Stride, window.Width.Stride,
        window.Height.Dilation, window.Width.Dilation,
        (int)window.Height.Over(x[-2]).Before, (int)window.Width.Over(x[-1]).Before,
        groups);
}
