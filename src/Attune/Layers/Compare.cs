using System.Numerics;
using Attune.Graph;
using Attune.Format.Specification;
using Field = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>equal</c>, <c>notEqual</c>, <c>lessThan</c>, <c>lessEqual</c>, <c>greaterThan</c>, <c>greaterEqual</c>,
/// <c>logicalAnd</c>, <c>logicalOr</c>, <c>logicalXor</c>: 1 where it holds, 0 elsewhere. Comparisons with one input
/// compare it with the file's alpha. A number is true if it is not 0.
/// </summary>
/// <remarks>Shapes: inputs are equal or 1 along each axis; y is as large as the larger along each.</remarks>
internal sealed class Compare(string name, string kind, Field relation, float alpha) : Elementwise(name, kind, 1, 2)
{
    public override bool HasGradient => false;

    public static Compare Read(LayerSource source)
    {
        NeuralNetworkLayer layer = source.Specification;
        float alpha = layer.LayerCase switch
        {
            Field.Equal => layer.Equal.Alpha,
            Field.NotEqual => layer.NotEqual.Alpha,
            Field.LessThan => layer.LessThan.Alpha,
            Field.LessEqual => layer.LessEqual.Alpha,
            Field.GreaterThan => layer.GreaterThan.Alpha,
            Field.GreaterEqual => layer.GreaterEqual.Alpha,
            _ => 0,
        };
        return new Compare(source.Name, source.Kind, layer.LayerCase, alpha);
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        Span<T> y = run.Output(0);
        Strided.Copy(Under(run, 0), run.Input(0), y);
        if (run.InputCount == 1)
        {
            T a = T.CreateTruncating(alpha);
            for (int i = 0; i < y.Length; i++)
                y[i] = Holds(y[i], a) ? T.One : T.Zero;
            return;
        }
        ReadOnlySpan<T> x = run.Input(1);
        for (RunWalk walk = Under(run, 1); walk.MoveNext();)
            for (int i = 0, place = walk.Other; i < walk.Length; i++, place += walk.Stride)
                y[walk.Dense + i] = Holds(y[walk.Dense + i], x[place]) ? T.One : T.Zero;
    }

    private bool Holds<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => relation switch
    {
        Field.Equal => a == b,
        Field.NotEqual => a != b,
        Field.LessThan => a < b,
        Field.LessEqual => a <= b,
        Field.GreaterThan => a > b,
        Field.GreaterEqual => a >= b,
        Field.LogicalAnd => a != T.Zero && b != T.Zero,
        Field.LogicalOr => a != T.Zero || b != T.Zero,
        _ => a != T.Zero ^ b != T.Zero,
    };
}
