using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Field = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>matrixBandPart</c>, <c>lowerTriangular</c> and <c>upperTriangular</c>: keeps the diagonals of each
/// matrix from a lower to an upper one; the others become 0. Diagonal 0 is the main one, those above it are positive.
/// </summary>
/// <remarks>Shapes: x is of rank 2 or more, matrices in the last two axes; y is the same.</remarks>
internal sealed class BandPart(string name, string kind, long lower, long upper) : Layer(name, kind)
{
    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public static BandPart Read(LayerSource source)
    {
        NeuralNetworkLayer layer = source.Specification;
        (long lower, long upper) = layer.LayerCase switch
        {
            Field.LowerTriangular => (long.MinValue, layer.LowerTriangular.K),
            Field.UpperTriangular => (layer.UpperTriangular.K, long.MaxValue),
            _ => (
                layer.MatrixBandPart.NumLower < 0 ? long.MinValue : -layer.MatrixBandPart.NumLower,
                layer.MatrixBandPart.NumUpper < 0 ? long.MaxValue : layer.MatrixBandPart.NumUpper),
        };
        return new BandPart(source.Name, source.Kind, lower, upper);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => inputs[0].Rank >= 2
        ? [inputs[0]]
        : throw Refuse("an input of rank 2 or more", $"{inputs[0]}");

    public override void Forward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        Span<T> y = run.Output(0);
        Shape shape = run.InputShape(0);
        for (int i = 0; i < y.Length; i++)
            y[i] = IsKept(shape, i) ? x[i] : T.Zero;
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        Span<T> dx = run.InputGradient(0);
        Shape shape = run.InputShape(0);
        for (int i = 0; i < dx.Length; i++)
            if (IsKept(shape, i))
                dx[i] += dy[i];
    }

    private bool IsKept(Shape shape, int index)
    {
        int column = index % shape[-1];
        int row = index / shape[-1] % shape[-2];
        return column - row >= lower && column - row <= upper;
    }
}
