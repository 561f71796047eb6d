using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>constantPad</c>: the input with so many slices of one number before and behind it, along each
/// axis.</summary>
/// <remarks>Shapes: y is larger than x by both amounts of each axis.</remarks>
internal sealed class ConstantPad(string name, float value, params int[] amounts) : Layer(name, "constantPad")
{
    public override bool HasGradient => true;

    public static ConstantPad Read(LayerSource source)
    {
        ConstantPaddingLayerParams fields = source.Specification.ConstantPad;
        if (source.Specification.Input.Count > 1)
            throw source.Unsupported("takes its amounts from a second input, which is not supported.");
        if (fields.PadToGivenOutputSizeMode)
            throw source.Unsupported("pads to a given size, which is not supported.");
        return new ConstantPad(
            source.Name, fields.Value, [.. fields.PadAmounts.Select(amount => source.Amount("padding", amount))]);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (amounts.Length != 2 * input.Rank)
            throw Refuse($"an input of rank {amounts.Length / 2}, as it has two amounts for each axis", $"{input}");
        var output = new int[input.Rank];
        for (int axis = 0; axis < output.Length; axis++)
            output[axis] = (int)Math.Min((long)input[axis] + amounts[2 * axis] + amounts[2 * axis + 1], int.MaxValue);
        return [Shape.TryOf(output, out Shape? shape) ? shape : throw Refuse("amounts that fit memory", $"{input}")];
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        Shape input = run.InputShape(0);
        Shape output = run.OutputShape(0);
        run.Output(0).Fill(T.CreateTruncating(value));
        for (int start = 0, row = Math.Max(1, RowOf(input)); start < run.Input(0).Length; start += row)
            run.Input(0).Slice(start, row).CopyTo(run.Output(0)[Place(input, output, start)..]);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        Shape input = run.InputShape(0);
        Shape output = run.OutputShape(0);
        for (int start = 0, row = Math.Max(1, RowOf(input)); start < run.Input(0).Length; start += row)
        {
            Span<T> dx = run.InputGradient(0).Slice(start, row);
            TensorPrimitives.Add(
                dx, run.OutputGradient(0).Slice(Place(input, output, start), row), dx);
        }
    }

    private static int RowOf(Shape input) => input.Rank == 0 ? 1 : input[-1];

    /// <summary>Where an element of x, of any sample, is in y.</summary>
    private int Place(Shape input, Shape output, int index)
    {
        int place = 0;
        int stride = 1;
        for (int axis = input.Rank - 1; axis >= 0; axis--)
        {
            place += (index % input[axis] + amounts[2 * axis]) * stride;
            index /= input[axis];
            stride *= output[axis];
        }
        return place + index * stride;
    }
}
