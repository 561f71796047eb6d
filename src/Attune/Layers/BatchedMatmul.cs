using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Kernels;

namespace Attune.Layers;

/// <summary>Core ML's <c>batchedMatmul</c> with weights from the file, a dense layer along the last axis: y = x·W +
/// b.</summary>
/// <remarks>
/// Shapes: x is [x1×…×xn×K], y is [x1×…×xn×M]. W is [K×M], which the file keeps column by column: here it is [M×K]. b
/// is [M].
/// </remarks>
internal sealed class BatchedMatmul(string name, Parameter weights, Parameter? bias)
    : Layer(name, "batchedMatmul", bias is null ? [weights] : [weights, bias])
{
    private readonly int outputs = weights.Shape[0];
    private readonly int inputs = weights.Shape[1];

    public override bool HasGradient => true;

    /// <summary>A <see cref="BatchedMatmul"/> or, as the file has them in one field, a <see
    /// cref="MatrixProduct"/>.</summary>
    public static Layer Read(LayerSource source)
    {
        BatchedMatMulLayerParams fields = source.Specification.BatchedMatmul;
        if (source.Specification.Input.Count == 2)
            return new MatrixProduct(source.Name, fields.TransposeA, fields.TransposeB);

        int inputs = source.Amount("first dimension of the weights", fields.WeightMatrixFirstDimension, 1);
        int outputs = source.Amount("second dimension of the weights", fields.WeightMatrixSecondDimension, 1);
        return new BatchedMatmul(
            source.Name,
            source.Parameter("weights", fields.Weights, outputs, inputs),
            fields.HasBias ? source.Parameter("biases", fields.Bias, outputs) : null);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank == 0 || input[-1] != this.inputs)
            throw Refuse($"{this.inputs} values along the last axis", $"{input}");
        int[] output = input.Dimensions.ToArray();
        output[^1] = outputs;
        return Shape.TryOf(output, out Shape? shape)
            ? [shape]
            : throw Refuse("an input whose result fits memory", $"{input}");
    }

    public override long MultiplyAdds(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
        (long)outputs[0].Count * this.inputs;

    public override void Forward<T>(LayerRun<T> run)
    {
        int rows = run.Input(0).Length / inputs;
        Gemm.Multiply(
            run.Workers, false, true, rows, outputs, inputs,
            run.Input(0), inputs, run.Parameter(0), inputs, run.Output(0), outputs, accumulate: false);
        if (bias is not null)
            Rows.Add(run.Output(0), run.Parameter(1));
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        int rows = run.Input(0).Length / inputs;
        ReadOnlySpan<T> dy = run.OutputGradient(0);

        // dx = dy·Wᵀ, and W is kept transposed
        if (run.WantsInputGradient(0))
            Gemm.Multiply(
                run.Workers, false, false, rows, inputs, outputs,
                dy, outputs, run.Parameter(0), inputs, run.InputGradient(0), inputs, accumulate: true);

        // dWᵀ = dyᵀ·x
        if (run.WantsParameterGradient(0))
            Gemm.Multiply(
                run.Workers, true, false, outputs, inputs, rows,
                dy, outputs, run.Input(0), inputs, run.ParameterGradient(0), inputs, accumulate: true);

        // db = the sum of the rows of dy
        if (bias is not null && run.WantsParameterGradient(1))
            Rows.AddSum(dy, run.ParameterGradient(1));
    }
}
