using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>clampedReLU</c>: y = min(β, x) where x ≥ 0, min(β, αx) elsewhere.</summary>
/// <remarks>Shapes: x is of any rank, y is the same.</remarks>
internal sealed class ClampedReLU(string name, float alpha, float beta) : Layer(name, "clampedReLU")
{
    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public static ClampedReLU Read(LayerSource source)
    {
        ClampedReLULayerParams fields = source.Specification.ClampedReLU;
        return new ClampedReLU(source.Name, fields.Alpha, fields.Beta);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [inputs[0]];

    public override void Forward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        Span<T> y = run.Output(0);
        (T a, T b) = (T.CreateTruncating(alpha), T.CreateTruncating(beta));
        for (int i = 0; i < y.Length; i++)
            y[i] = T.Min(b, x[i] >= T.Zero ? x[i] : a * x[i]);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        Span<T> dx = run.InputGradient(0);
        (T a, T b) = (T.CreateTruncating(alpha), T.CreateTruncating(beta));
        for (int i = 0; i < dx.Length; i++)
        {
            T slope = x[i] >= T.Zero ? T.One : a;
            if (x[i] * slope < b)
                dx[i] += dy[i] * slope;
        }
    }
}
