using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>reshape</c> of values of rank 5.</summary>
/// <remarks>
/// Shapes: x is [T×N×C×H×W]; y is [T×N×C'×H'×W'] for a targetShape of three sizes, [T'×N×C'×H'×W'] for one of four.
/// CHANNEL_FIRST keeps the order of the elements. CHANNEL_LAST takes those of x in the order H, W, C and gives them
/// to y in the order H', W', C'.
/// </remarks>
internal sealed class Reshape(string name, bool channelLast, params long[] targetShape) : Layer(name, "reshape")
{
    public static Reshape Read(LayerSource source)
    {
        ReshapeLayerParams fields = source.Specification.Reshape;
        source.RequireKnown("mode", fields.Mode);
        if (fields.TargetShape.Count is not (3 or 4))
            throw source.Refuse("a target shape of 3 or 4 sizes", $"{fields.TargetShape.Count}");
        return new Reshape(
            source.Name, fields.Mode == ReshapeLayerParams.Types.ReshapeOrder.ChannelLast, [.. fields.TargetShape]);
    }

    public override bool HasGradient => true;

    public override bool RunsInPlace => !channelLast;

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank is < 3 or > 5 || (input.Rank < 5 && targetShape.Length == 4))
            throw Refuse("an input of rank 5", $"{input}");

        long[] target = new long[input.Rank];
        for (int axis = 0; axis < input.Rank - 3; axis++)
            target[axis] = input[axis];
        if (targetShape.Length == 4)
            target[0] = targetShape[0];
        targetShape.AsSpan()[^3..].CopyTo(target.AsSpan()[^3..]);
        return
        [
            TargetShape.Resolve(input, target, zeroKeeps: false) ?? throw Refuse(
                $"as many elements as its target shape {TargetShape.Describe(target)} holds", $"{input}"),
        ];
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        if (!channelLast)
        {
            run.Input(0).CopyTo(run.Output(0));
            return;
        }
        run.Output(0).Clear();
        Move(run.Input(0), run.InputShape(0), run.Output(0), run.OutputShape(0), run.Batch);
    }

    public override bool StoresFirstGradient => !channelLast;

    public override void Backward<T>(LayerRun<T> run)
    {
        if (channelLast)
            Move(run.OutputGradient(0), run.OutputShape(0), run.InputGradient(0), run.InputShape(0), run.Batch);
        else if (run.IsFirst(0))
            run.OutputGradient(0).CopyTo(run.InputGradient(0));
        else
            TensorPrimitives.Add(run.InputGradient(0), run.OutputGradient(0), run.InputGradient(0));
    }

    /// <summary>Takes the elements of one array, channels last, and adds them to the other, channels last.</summary>
    private static void Move<T>(ReadOnlySpan<T> from, Shape fromShape, Span<T> to, Shape toShape, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] rented = ArrayPool<T>.Shared.Rent(from.Length);
        Span<T> list = rented.AsSpan(0, from.Length);
        Strided.Copy(ChannelLast(fromShape, batch), from, list);
        Strided.AddTo<T>(ChannelLast(toShape, batch), list, to);
        ArrayPool<T>.Shared.Return(rented);
    }

    // [T×N×C×H×W] seen as [T×N×H×W×C]
    private static RunWalk ChannelLast(Shape shape, int batch)
    {
        Span<int> axes = stackalloc int[shape.Rank];
        for (int i = 0; i < axes.Length; i++)
            axes[i] = i;
        (axes[^3], axes[^2], axes[^1]) = (axes[^2], axes[^1], axes[^3]);
        return RunWalk.Permuting(shape, axes, batch);
    }
}
