using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>rankPreservingReshape</c>: the same elements in another shape of the same rank.</summary>
/// <remarks>
/// Shapes: y is targetShape, where -1 (once) stands for what is left, and 0 for the size that x has at that place.
/// </remarks>
internal sealed class RankPreservingReshape(string name, params long[] targetShape)
    : Recast(name, "rankPreservingReshape")
{
    public static RankPreservingReshape Read(LayerSource source) =>
        new RankPreservingReshape(source.Name, [.. source.Specification.RankPreservingReshape.TargetShape]);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        if (inputs[0].Rank != targetShape.Length)
            throw Refuse($"an input of rank {targetShape.Length}, as its target shape has", $"{inputs[0]}");
        return
        [
            TargetShape.Resolve(inputs[0], targetShape, zeroKeeps: true) ?? throw Refuse(
                $"as many elements as its target shape {TargetShape.Describe(targetShape)} holds", $"{inputs[0]}"),
        ];
    }
}
