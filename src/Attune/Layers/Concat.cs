using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>concat</c>, along axis -3 (channels) or -5 (sequence), and <c>concatND</c>, along any axis: the
/// inputs one behind the other. Interleaved: their first slices, then their second ones, and so on.
/// </summary>
/// <remarks>
/// Shapes: inputs are equal but along the axis (interleaved: equal); y is as large along it as all inputs together.
/// </remarks>
internal sealed class Concat(string name, string kind, long axis, bool interleaves = false) : Layer(name, kind)
{
    public override LayerArity Arity => new(1, int.MaxValue, 1, 1);

    public override bool HasGradient => true;

    public static Concat Read(LayerSource source)
    {
        if (source.Specification.Concat is { } fixedAxis)
            return new Concat(source.Name, source.Kind, fixedAxis.SequenceConcat ? -5 : -3);
        ConcatNDLayerParams fields = source.Specification.ConcatND;
        return new Concat(source.Name, source.Kind, fields.Axis, fields.Interleave);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape first = inputs[0];
        int along = Axis.Resolve(axis, first.Rank);
        if (along < 0)
            throw Refuse($"inputs that have axis {axis}", $"{first}");

        long size = 0;
        foreach (Shape input in inputs)
        {
            bool fits = input.Rank == first.Rank;
            for (int i = 0; fits && i < input.Rank; i++)
                fits = input[i] == first[i] || (i == along && !interleaves);
            if (!fits)
                throw Refuse(
                    $"inputs that are equal{(interleaves ? "" : $" but along axis {axis}")}", $"{first} and {input}");
            size += input[along];
        }

        int[] output = first.Dimensions.ToArray();
        output[along] = (int)Math.Min(size, int.MaxValue);
        return Shape.TryOf(output, out Shape? shape)
            ? [shape]
            : throw Refuse("inputs that fit memory together", $"{size} slices");
    }

    public override bool JoinsInputs(ReadOnlySpan<Shape> inputs) =>
        !interleaves && inputs[0].CountOf(0, Axis.Resolve(axis, inputs[0].Rank)) == 1;

    public override void Forward<T>(LayerRun<T> run)
    {
        Span<T> y = run.Output(0);
        for (int i = 0, start = 0; i < run.InputCount; i++)
        {
            ReadOnlySpan<T> x = run.Input(i);
            (int length, int step, int blocks) = BlocksOf(run, i);
            // The plan may have had the input made in its place.
            for (int block = x.Overlaps(y) ? blocks : 0; block < blocks; block++)
                x.Slice(block * length, length).CopyTo(y[(start + block * step)..]);
            start += length;
        }
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        for (int i = 0, start = 0; i < run.InputCount; i++)
        {
            (int length, int step, int blocks) = BlocksOf(run, i);
            for (int block = 0; run.WantsInputGradient(i) && block < blocks; block++)
            {
                Span<T> dx = run.InputGradient(i).Slice(block * length, length);
                TensorPrimitives.Add(dx, dy.Slice(start + block * step, length), dx);
            }
            start += length;
        }
    }

    /// <summary>An input as blocks that stay together: their length, how far apart they are in y, and how many there
    /// are.</summary>
    private (int Length, int Step, int Count) BlocksOf<T>(LayerRun<T> run, int index)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape input = run.InputShape(index);
        Shape output = run.OutputShape(0);
        int along = Axis.Resolve(axis, input.Rank);
        if (!interleaves)
        {
            int blocks = run.Batch * input.CountOf(0, along);
            return (input.CountOf(along, input.Rank), output.CountOf(along, output.Rank), blocks);
        }
        int slice = input.CountOf(along + 1, input.Rank);
        return (slice, slice * run.InputCount, run.Batch * input.CountOf(0, along + 1));
    }
}
