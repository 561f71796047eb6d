using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>logicalNot</c>: 1 where x is 0, 0 elsewhere.</summary>
/// <remarks>Shapes: x is of any rank, y is the same.</remarks>
internal sealed class LogicalNot(string name) : Layer(name, "logicalNot")
{
    public override bool RunsInPlace => true;

    public static LogicalNot Read(LayerSource source) => new(source.Name);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [inputs[0]];

    public override void Forward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        Span<T> y = run.Output(0);
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] == T.Zero ? T.One : T.Zero;
    }
}
