using Attune.Arrays;
using Attune.Format.Specification;
using SliceAxis = Attune.Format.Specification.SliceLayerParams.Types.SliceAxis;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>slice</c>, along channels, rows or columns, and <c>sliceStatic</c>, along every axis: the elements from
/// a begin up to an end, in steps; a negative step goes backwards.
/// </summary>
/// <remarks>
/// Shapes: y has as many elements along an axis as the range; an axis that is squeezed has the element at its begin,
/// and is left out of y. If none is left, y is [1].
/// </remarks>
internal sealed class Slice(string name, string kind, IReadOnlyList<Slice.AxisRange> ranges, bool innermost)
    : Selection(name, kind)
{
    /// <summary>What is wanted of one axis; null stands for its end.</summary>
    internal readonly record struct AxisRange(long? Begin, long? End, int Step, bool IsSqueezed);

    private static readonly AxisRange Whole = new(null, null, 1, IsSqueezed: false);

    public static Slice Read(LayerSource source)
    {
        if (source.Specification.Slice is not { } fields)
            return ReadStatic(source);
        source.RequireKnown("axis", fields.Axis);
        var range = new AxisRange(
            fields.StartIndex, fields.EndIndex, source.Amount("stride", Math.Max(1, fields.Stride), 1), false);
        AxisRange[] ranges = fields.Axis switch
        {
            SliceAxis.ChannelAxis => [range, Whole, Whole],
            SliceAxis.HeightAxis => [range, Whole],
            _ => [range],
        };
        return new Slice(source.Name, source.Kind, ranges, innermost: true);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank < ranges.Count || (!innermost && input.Rank != ranges.Count))
            throw Refuse(
                $"an input of rank {ranges.Count}{(innermost ? " or more" : ", as it has ranges")}", $"{input}");

        var output = new List<int>();
        for (int axis = 0; axis < input.Rank; axis++)
        {
            AxisRange range = RangeOf(input, axis);
            int count = Resolve(input, axis).Count;
            if (range.IsSqueezed && count == 0)
                throw Refuse($"an input that has element {range.Begin} along axis {axis}", $"{input}");
            if (!range.IsSqueezed)
                output.Add(count);
        }
        return [output.Count == 0 ? Shape.Of(1) : Shape.Of([.. output])];
    }

    protected override int Start(Shape input, int index)
    {
        int start = 0;
        for (int axis = 0; axis < input.Rank; axis++)
            start += Resolve(input, axis).First * input.CountOf(axis + 1, input.Rank);
        return start;
    }

    protected override void AddAxes(ref RunWalk walk, Shape input, Shape output)
    {
        for (int axis = 0; axis < input.Rank; axis++)
        {
            SliceRange range = Resolve(input, axis);
            walk.Add(range.Count, range.Step * input.CountOf(axis + 1, input.Rank));
        }
    }

    private AxisRange RangeOf(Shape input, int axis) =>
        axis < input.Rank - ranges.Count ? Whole : ranges[axis - (input.Rank - ranges.Count)];

    private SliceRange Resolve(Shape input, int axis)
    {
        AxisRange range = RangeOf(input, axis);
        if (!range.IsSqueezed)
            return SliceRange.Of(range.Begin, range.End, range.Step, input[axis]);
        SliceRange rest = SliceRange.Of(range.Begin, null, 1, input[axis]);
        return rest with { Count = Math.Min(1, rest.Count) };
    }

    private static Slice ReadStatic(LayerSource source)
    {
        SliceStaticLayerParams fields = source.Specification.SliceStatic;
        int rank = fields.BeginIds.Count;
        if (fields.EndIds.Count != rank || fields.Strides.Count != rank
            || fields.BeginMasks.Count != rank || fields.EndMasks.Count != rank
            || fields.SqueezeMasks.Count is var marks && marks != 0 && marks != rank)
            throw source.Refuse(
                "as many ends, strides and masks as begins",
                $"{rank} begins, {fields.EndIds.Count} ends, {fields.Strides.Count} strides");

        var ranges = new AxisRange[rank];
        for (int axis = 0; axis < rank; axis++)
            ranges[axis] = new AxisRange(
                fields.BeginMasks[axis] ? null : fields.BeginIds[axis],
                fields.EndMasks[axis] ? null : fields.EndIds[axis],
                Stride(source, fields.Strides[axis]),
                marks != 0 && fields.SqueezeMasks[axis]);
        return new Slice(source.Name, source.Kind, ranges, innermost: false);
    }

    private static int Stride(LayerSource source, long stride) =>
        Math.Sign(stride) * source.Amount("stride", (ulong)Math.Abs(Math.Max(stride, -long.MaxValue)), 1);
}
