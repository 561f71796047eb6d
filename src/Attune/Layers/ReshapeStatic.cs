using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>reshapeStatic</c>: the same elements in a shape that the file gives.</summary>
/// <remarks>
/// Shapes: y is targetShape, where -1 (once) stands for what is left, and 0 for the size that x has at that place.
/// </remarks>
internal sealed class ReshapeStatic(string name, params long[] targetShape) : Recast(name, "reshapeStatic")
{
    public static ReshapeStatic Read(LayerSource source) =>
        new ReshapeStatic(source.Name, [.. source.Specification.ReshapeStatic.TargetShape]);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) =>
        [TargetShape.Resolve(inputs[0], targetShape, zeroKeeps: true) ?? throw Refuse(
            $"as many elements as its target shape {TargetShape.Describe(targetShape)} holds", $"{inputs[0]}")];
}
