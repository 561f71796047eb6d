using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>reshapeLike</c>: the elements of the first input in the shape of the second.</summary>
/// <remarks>Shapes: both have as many elements.</remarks>
internal sealed class ReshapeLike(string name) : Recast(name, "reshapeLike")
{
    public override LayerArity Arity => new(2, 2, 1, 1);

    public static ReshapeLike Read(LayerSource source) => new ReshapeLike(source.Name);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => inputs[0].Count == inputs[1].Count
        ? [inputs[1]]
        : throw Refuse("two inputs with as many elements", $"{inputs[0]} and {inputs[1]}");

    public override void Backward<T>(LayerRun<T> run)
    {
        if (run.WantsInputGradient(0))
            base.Backward(run);
    }
}
