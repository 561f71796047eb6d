using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>broadcastToStatic</c> and <c>broadcastToLike</c>: the input repeated along its axes of size 1, up to a
/// shape that the file gives or a second input has.
/// </summary>
/// <remarks>Shapes: axes are matched from the innermost; those of x are equal or 1.</remarks>
internal sealed class BroadcastTo(string name, string kind, Shape? target) : Selection(name, kind)
{
    public override LayerArity Arity => target is null ? new(2, 2, 1, 1) : LayerArity.OneToOne;

    public static BroadcastTo Read(LayerSource source)
    {
        if (source.Specification.BroadcastToStatic is not { } fields)
            return new BroadcastTo(source.Name, source.Kind, null);
        int[] sizes = [.. fields.TargetShape.Select(size => source.Amount("size", size))];
        return Shape.TryOf(sizes, out Shape? shape)
            ? new BroadcastTo(source.Name, source.Kind, shape)
            : throw source.Refuse("a target shape that fits memory", $"[{string.Join('×', sizes)}]");
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape whole = target ?? inputs[1];
        return CommonShape.Of(inputs[0], whole) is { } common && common.Equals(whole)
            ? [common]
            : throw Refuse($"an input that is equal to {whole} or 1 along each axis", $"{inputs[0]}");
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        if (run.WantsInputGradient(0))
            base.Backward(run);
    }

    protected override void AddAxes(ref RunWalk walk, Shape input, Shape output)
    {
        for (int axis = output.Rank; axis >= 1; axis--)
        {
            bool repeats = axis > input.Rank || input[-axis] == 1;
            walk.Add(output[-axis], repeats ? 0 : input.CountOf(input.Rank - axis + 1, input.Rank));
        }
    }
}
