using System.Runtime.InteropServices;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Kernels;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>innerProduct</c>, a dense layer: y = x·Wᵀ + b.
/// </summary>
/// <remarks>
/// Shapes: x is [Cin], [B×Cin], [x1×x2×Cin], [x1×C×H×W] or [x1×x2×C×H×W] with C·H·W = Cin; y is the same with Cout in
/// place of Cin, [x1×Cout×1×1] or [x1×x2×Cout×1×1]. W is [Cout×Cin], b is [Cout].
/// Source: semantics of <c>InnerProductLayerParams</c>.
/// </remarks>
internal sealed class InnerProduct(string name, Parameter weights, Parameter? bias)
    : Layer(name, "innerProduct", bias is null ? [weights] : [weights, bias])
{
    private readonly int outputs = weights.Shape[0];
    private readonly int inputs = weights.Shape[1];

    public override bool HasGradient => true;

    public override bool CanRectify => true;

    public static InnerProduct Read(LayerSource source)
    {
        InnerProductLayerParams fields = source.Specification.InnerProduct;
        long outputs = source.Amount("number of output channels", fields.OutputChannels, 1);
        long inputs = source.Amount("number of input channels", fields.InputChannels, 1);
        return new InnerProduct(
            source.Name,
            source.Parameter("weights", fields.Weights, outputs, inputs),
            fields.HasBias ? source.Parameter("biases", fields.Bias, outputs) : null);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        // From rank 4 on the last three axes together are a row.
        int axis = input.Rank > 3 ? input.Rank - 3 : input.Rank - 1;
        if (input.Rank == 0 || input.CountOf(axis, input.Rank) != this.inputs)
            throw Refuse($"{this.inputs} values per row", $"{input}");

        int[] output = input.Dimensions.ToArray();
        output.AsSpan(axis).Fill(1);
        output[axis] = outputs;
        return Shape.TryOf(output, out Shape? shape)
            ? [shape]
            : throw Refuse("an input whose result fits memory", $"{input}");
    }

    public override long MultiplyAdds(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
        (long)outputs[0].Count * this.inputs;

    public override bool CanStep(int parameter, Shape input, int batch) =>
        parameter == 0 && Gemm.CanStep(inputs, batch * input.Count / inputs);

    public override BatchHabit Habit => BatchHabit.Together;

    public override object? Pack(
        Shape input, Shape output, IReadOnlyList<ReadOnlyMemory<float>> parameters, ChannelAffine? folded) =>
        new PackedMatrix(transposeB: true, inputs, outputs, parameters[0].Span, inputs);

    public override void Forward<T>(LayerRun<T> run)
    {
        int rows = run.Batch * run.InputShape(0).Count / inputs;
        ReadOnlySpan<T> biases = bias is null ? [] : run.Parameter(1);
        if (run.Packed is PackedMatrix packed)
            Dense.Forward(
                run.Workers, rows, MemoryMarshal.Cast<T, float>(run.Input(0)), packed,
                MemoryMarshal.Cast<T, float>(biases), run.Rectifies, MemoryMarshal.Cast<T, float>(run.Output(0)));
        else
            Dense.Forward(
                run.Workers, rows, inputs, outputs, run.Input(0), run.Parameter(0), biases, run.Rectifies,
                run.Output(0));
    }

    public override bool StoresFirstGradient => true;

    public override void Backward<T>(LayerRun<T> run)
    {
        int rows = run.Batch * run.InputShape(0).Count / inputs;
        ReadOnlySpan<T> dy = run.OutputGradient(0);

        // dx = dy·W, before anything changes W
        if (run.WantsInputGradient(0))
            Gemm.Multiply(
                run.Workers, false, false, rows, inputs, outputs,
                dy, outputs, run.Parameter(0), inputs, run.InputGradient(0), inputs, accumulate: !run.IsFirst(0));

        // dW = dyᵀ·x
        if (run.Stepper(0) is { } stepper)
            Gemm.Step(
                run.Workers, outputs, inputs, rows,
                MemoryMarshal.Cast<T, float>(dy), MemoryMarshal.Cast<T, float>(run.Input(0)),
                MemoryMarshal.Cast<T, float>(run.ParameterToStep(0)), stepper.Step);
        else if (run.WantsParameterGradient(0))
            Gemm.Multiply(
                run.Workers, true, false, outputs, inputs, rows,
                dy, outputs, run.Input(0), inputs, run.ParameterGradient(0), inputs, accumulate: true);

        // db = the sum of the rows of dy
        if (bias is not null && run.WantsParameterGradient(1))
            Rows.AddSum(dy, run.ParameterGradient(1));
    }
}
