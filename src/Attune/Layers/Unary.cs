using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using UnaryFunction = Attune.Format.Specification.UnaryFunctionLayerParams.Types.Operation;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>unary</c>: with t = scale·x + shift one of √t, 1/√(t+ε), 1/(t+ε), t^α, e^t, log(t+ε), |t|, max(α, t).
/// </summary>
/// <remarks>Shapes: x is of any rank, y is the same. A scale of 0 in the file means 1, an epsilon of 0 means 1e-6,
/// for the logarithm 0. The format's comment has log t without ε; the converters' own tests want the ε that a file
/// gives.</remarks>
internal sealed class Unary(string name, UnaryFunction function, float alpha, float epsilon, float shift, float scale)
    : Layer(name, "unary")
{
    private const float DefaultEpsilon = 1e-6f;

    public override string QualifiedKind => $"{Kind}:{function.ToString().ToUpperInvariant()}";

    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public static Unary Read(LayerSource source)
    {
        UnaryFunctionLayerParams fields = source.Specification.Unary;
        source.RequireKnown("type", fields.Type);
        return new Unary(
            source.Name, fields.Type, fields.Alpha,
            fields.Epsilon == 0 && fields.Type != UnaryFunction.Log ? DefaultEpsilon : fields.Epsilon,
            fields.Shift,
            fields.Scale == 0 ? 1 : fields.Scale);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [inputs[0]];

    public override void Forward<T>(LayerRun<T> run)
    {
        Span<T> y = run.Output(0);
        T a = T.CreateTruncating(alpha);
        T e = T.CreateTruncating(epsilon);
        TensorPrimitives.Multiply(run.Input(0), T.CreateTruncating(scale), y);
        TensorPrimitives.Add(y, T.CreateTruncating(shift), y);
        if (function is UnaryFunction.Rsqrt or UnaryFunction.Inverse or UnaryFunction.Log)
            TensorPrimitives.Add(y, e, y);
        switch (function)
        {
            case UnaryFunction.Sqrt: TensorPrimitives.Sqrt(y, y); break;
            case UnaryFunction.Rsqrt: TensorPrimitives.ReciprocalSqrt(y, y); break;
            case UnaryFunction.Inverse: TensorPrimitives.Reciprocal(y, y); break;
            case UnaryFunction.Power: TensorPrimitives.Pow(y, a, y); break;
            case UnaryFunction.Exp: TensorPrimitives.Exp(y, y); break;
            case UnaryFunction.Log: TensorPrimitives.Log(y, y); break;
            case UnaryFunction.Abs: TensorPrimitives.Abs(y, y); break;
            default: TensorPrimitives.Max(y, a, y); break;
        }
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        ReadOnlySpan<T> y = run.Output(0);
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        Span<T> dx = run.InputGradient(0);
        T factor = T.CreateTruncating(scale);
        T offset = T.CreateTruncating(shift);
        for (int i = 0; i < dx.Length; i++)
            dx[i] += dy[i] * factor * Slope(factor * x[i] + offset, y[i]);
    }

    /// <summary>dy/dt</summary>
    private T Slope<T>(T t, T y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        T a = T.CreateTruncating(alpha);
        return function switch
        {
            UnaryFunction.Sqrt => half / y,
            UnaryFunction.Rsqrt => -half * y * y * y,
            UnaryFunction.Inverse => -y * y,
            UnaryFunction.Power => a * T.Pow(t, a - T.One),
            UnaryFunction.Exp => y,
            UnaryFunction.Log => T.One / (t + T.CreateTruncating(epsilon)),
            UnaryFunction.Abs => t > T.Zero ? T.One : t < T.Zero ? -T.One : T.Zero,
            _ => t > a ? T.One : T.Zero,
        };
    }
}
