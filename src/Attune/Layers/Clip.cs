using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>clip</c>: y = min(max(x, minVal), maxVal). No gradient passes where x is cut off.</summary>
/// <remarks>Shapes: x is of any rank, y is the same.</remarks>
internal sealed class Clip(string name, float least, float most) : Layer(name, "clip")
{
    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public static Clip Read(LayerSource source)
    {
        ClipLayerParams fields = source.Specification.Clip;
        return new Clip(source.Name, fields.MinVal, fields.MaxVal);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [inputs[0]];

    public override void Forward<T>(LayerRun<T> run)
    {
        TensorPrimitives.Max(run.Input(0), T.CreateTruncating(least), run.Output(0));
        TensorPrimitives.Min(run.Output(0), T.CreateTruncating(most), run.Output(0));
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        Span<T> dx = run.InputGradient(0);
        (T lower, T upper) = (T.CreateTruncating(least), T.CreateTruncating(most));
        for (int i = 0; i < dx.Length; i++)
            if (x[i] > lower && x[i] < upper)
                dx[i] += dy[i];
    }
}
