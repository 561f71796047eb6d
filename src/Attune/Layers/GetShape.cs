using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>getShape</c>: the sizes of the input's axes.</summary>
/// <remarks>Shapes: y is [rank of x].</remarks>
internal sealed class GetShape(string name) : Layer(name, "getShape")
{
    public static GetShape Read(LayerSource source) => new(source.Name);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [Shape.Of(Math.Max(1, inputs[0].Rank))];

    public override void Forward<T>(LayerRun<T> run)
    {
        Shape input = run.InputShape(0);
        Span<T> y = run.Output(0);
        int rank = Math.Max(1, input.Rank);
        for (int i = 0; i < y.Length; i++)
            y[i] = T.CreateTruncating(input.Rank == 0 ? 1 : input[i % rank]);
    }
}
