using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Graph;
using Attune.Kernels;
using Field = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Layers;

/// <summary>
/// Core ML's layers that are one function of each element and have no fields: <c>ceil</c>, <c>floor</c>, <c>round</c>
/// (half to even),
/// <c>sign</c>, <c>exp2</c>, <c>erf</c>, <c>sin</c>, <c>cos</c>, <c>tan</c>, <c>asin</c>, <c>acos</c>, <c>atan</c>,
/// <c>sinh</c>,
/// <c>cosh</c>, <c>tanh</c>, <c>asinh</c>, <c>acosh</c>, <c>atanh</c>. The gradient of a staircase is 0.
/// </summary>
/// <remarks>Shapes: x is of any rank, y is the same.</remarks>
internal sealed class MathFunction(string name, string kind, Field function) : Layer(name, kind)
{
    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public static MathFunction Read(LayerSource source) =>
        new(source.Name, source.Kind, source.Specification.LayerCase);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [inputs[0]];

    public override void Forward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        Span<T> y = run.Output(0);
        switch (function)
        {
            case Field.Ceil: TensorPrimitives.Ceiling(x, y); break;
            case Field.Floor: TensorPrimitives.Floor(x, y); break;
            case Field.Round: TensorPrimitives.Round(x, y); break;
            case Field.Sign: Signs(x, y); break;
            case Field.Exp2: TensorPrimitives.Exp2(x, y); break;
            case Field.Erf: ErrorFunction.Evaluate(x, y); break;
            case Field.Sin: TensorPrimitives.Sin(x, y); break;
            case Field.Cos: TensorPrimitives.Cos(x, y); break;
            case Field.Tan: TensorPrimitives.Tan(x, y); break;
            case Field.Asin: TensorPrimitives.Asin(x, y); break;
            case Field.Acos: TensorPrimitives.Acos(x, y); break;
            case Field.Atan: TensorPrimitives.Atan(x, y); break;
            case Field.Sinh: TensorPrimitives.Sinh(x, y); break;
            case Field.Cosh: TensorPrimitives.Cosh(x, y); break;
            case Field.Tanh: TensorPrimitives.Tanh(x, y); break;
            case Field.Asinh: TensorPrimitives.Asinh(x, y); break;
            case Field.Acosh: TensorPrimitives.Acosh(x, y); break;
            default: TensorPrimitives.Atanh(x, y); break;
        }
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        ReadOnlySpan<T> y = run.Output(0);
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        Span<T> dx = run.InputGradient(0);
        for (int i = 0; i < dx.Length; i++)
            dx[i] += dy[i] * Slope(x[i], y[i]);
    }

    private static void Signs<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] > T.Zero ? T.One : x[i] < T.Zero ? -T.One : x[i];
    }

    private T Slope<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T one = T.One;
        return function switch
        {
            Field.Ceil or Field.Floor or Field.Round or Field.Sign => T.Zero,
            Field.Exp2 => y * T.CreateTruncating(Math.Log(2)),
            Field.Erf => ErrorFunction.Slope(x),
            Field.Sin => T.Cos(x),
            Field.Cos => -T.Sin(x),
            Field.Tan => one + y * y,
            Field.Asin => one / T.Sqrt(one - x * x),
            Field.Acos => -one / T.Sqrt(one - x * x),
            Field.Atan => one / (one + x * x),
            Field.Sinh => T.Cosh(x),
            Field.Cosh => T.Sinh(x),
            Field.Tanh => one - y * y,
            Field.Asinh => one / T.Sqrt(x * x + one),
            Field.Acosh => one / T.Sqrt(x * x - one),
            _ => one / (one - x * x),
        };
    }
}
