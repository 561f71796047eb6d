using Attune.Arrays;
using Attune.Graph;
using Attune.Kernels;
using Mode = Attune.Format.Specification.GeluLayerParams.Types.GeluMode;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>gelu</c>: y = x·g with g = (1 + erf(x/√2))/2, (1 + tanh(√(2/π)(x + 0.044715x³)))/2 or 1/(1 +
/// e^(−1.702x)).
/// </summary>
/// <remarks>Shapes: x is of any rank, y is the same.</remarks>
internal sealed class Gelu(string name, Mode mode) : Layer(name, "gelu")
{
    private const double Cubic = 0.044715;
    private const double Steepness = 1.702;
    private static readonly double Scale = Math.Sqrt(2 / Math.PI);

    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public static Gelu Read(LayerSource source)
    {
        source.RequireKnown("mode", source.Specification.Gelu.Mode);
        return new Gelu(source.Name, source.Specification.Gelu.Mode);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [inputs[0]];

    public override void Forward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        Span<T> y = run.Output(0);
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] * T.CreateTruncating(Gate(double.CreateTruncating(x[i])).Value);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        Span<T> dx = run.InputGradient(0);
        for (int i = 0; i < dx.Length; i++)
        {
            (double g, double slope) = Gate(double.CreateTruncating(x[i]));
            dx[i] += dy[i] * T.CreateTruncating(g + double.CreateTruncating(x[i]) * slope);
        }
    }

    /// <summary>g and dg/dx.</summary>
    private (double Value, double Slope) Gate(double x)
    {
        if (mode == Mode.Exact)
            return ((1 + ErrorFunction.Of(x / Math.Sqrt(2))) / 2, Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
        if (mode == Mode.TanhApproximation)
        {
            double tanh = Math.Tanh(Scale * (x + Cubic * x * x * x));
            return ((1 + tanh) / 2, (1 - tanh * tanh) / 2 * Scale * (1 + 3 * Cubic * x * x));
        }
        double g = 1 / (1 + Math.Exp(-Steepness * x));
        return (g, Steepness * g * (1 - g));
    }
}
