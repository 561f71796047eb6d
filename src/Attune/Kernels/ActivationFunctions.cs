using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// An activation function and its slope, once for a number of any type, once for a vector of floats. NaN comes out as
/// NaN.
/// </summary>
internal interface IActivation
{
    static abstract T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The derivative at x; y is the value there.</summary>
    static abstract T Slope<T>(T x, T y, T a, T b) where T : unmanaged, IFloatingPointIeee754<T>;

    static abstract Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b);

    static abstract Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b);
}

/// <summary>max(0, x); slope 0 at 0.</summary>
internal readonly struct Rectified : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => x < T.Zero ? T.Zero : x;

    public static T Slope<T>(T x, T y, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        x > T.Zero ? T.One : T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), Vector<float>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero);
}

/// <summary>x ≥ 0 ? x : a·x, also with a per channel; slope a at 0.</summary>
internal readonly struct LeakyRectified : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => x < T.Zero ? a * x : x;

    public static T Slope<T>(T x, T y, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        x > T.Zero ? T.One : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), a * x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, a);
}

/// <summary>x ≥ a ? x : 0.</summary>
internal readonly struct ThresholdedRectified : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => x < a ? T.Zero : x;

    public static T Slope<T>(T x, T y, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        x >= a ? T.One : T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.LessThan(x, a), Vector<float>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, a), Vector<float>.One, Vector<float>.Zero);
}

/// <summary>tanh x.</summary>
internal readonly struct HyperbolicTangent : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => T.Tanh(x);

    public static T Slope<T>(T x, T y, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => T.One - y * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        VectorMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        Vector<float>.One - y * y;
}

/// <summary>a·tanh(b·x).</summary>
internal readonly struct ScaledTangent : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => a * T.Tanh(b * x);

    public static T Slope<T>(T x, T y, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> =>
        a * b * (T.One - T.Tanh(b * x) * T.Tanh(b * x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        a * VectorMath.Tanh(b * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        a * b * (Vector<float>.One - VectorMath.Tanh(b * x) * VectorMath.Tanh(b * x));
}

/// <summary>1 / (1 + e^-x).</summary>
internal readonly struct Logistic : IActivation
{
    public static T Value<T>(T x, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.One / (T.One + T.Exp(-x));

    public static T Slope<T>(T x, T y, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => y * (T.One - y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        VectorMath.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        y * (Vector<float>.One - y);
}

/// <summary>min(max(a·x + b, 0), 1); slope 0 where it is cut off.</summary>
internal readonly struct HardLogistic : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.Min(T.Max(a * x + b, T.Zero), T.One);

    public static T Slope<T>(T x, T y, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> =>
        y > T.Zero && y < T.One ? a : T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        Vector.Min(Vector.Max(a * x + b, Vector<float>.Zero), Vector<float>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(
            Vector.GreaterThan(y, Vector<float>.Zero) & Vector.LessThan(y, Vector<float>.One), a, Vector<float>.Zero);
}

/// <summary>x ≥ 0 ? x : a·(e^x - 1); slope a·e^x = y + a below 0.</summary>
internal readonly struct ExponentialLinear : IActivation
{
    public static T Value<T>(T x, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        x < T.Zero ? a * T.ExpM1(x) : x;

    public static T Slope<T>(T x, T y, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        x > T.Zero ? T.One : a + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), a * VectorMath.ExpMinus1(x), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, a + y);
}

/// <summary>x / (1 + |x|).</summary>
internal readonly struct SoftSign : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> =>
        x / (T.One + T.Abs(x));

    public static T Slope<T>(T x, T y, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.One / ((T.One + T.Abs(x)) * (T.One + T.Abs(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        x / (Vector<float>.One + Vector.Abs(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        Vector<float>.One / ((Vector<float>.One + Vector.Abs(x)) * (Vector<float>.One + Vector.Abs(x)));
}

/// <summary>log(1 + e^x), as max(x, 0) + log(1 + e^-|x|) so that no power overflows.</summary>
internal readonly struct SoftPlus : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.Max(x, T.Zero) + T.LogP1(T.Exp(-T.Abs(x)));

    public static T Slope<T>(T x, T y, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.One / (T.One + T.Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        VectorMath.Softplus(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        VectorMath.Sigmoid(x);
}

/// <summary>a·log(1 + e^(b·x)), a and b per channel.</summary>
internal readonly struct ParametricSoftPlus : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> =>
        a * SoftPlus.Value(b * x, a, b);

    public static T Slope<T>(T x, T y, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> =>
        a * b / (T.One + T.Exp(-(b * x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        a * VectorMath.Softplus(b * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        a * b * VectorMath.Sigmoid(b * x);
}

/// <summary>a·x + b.</summary>
internal readonly struct Straight : IActivation
{
    public static T Value<T>(T x, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => a * x + b;

    public static T Slope<T>(T x, T y, T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
        a * x + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Slope(Vector<float> x, Vector<float> y, Vector<float> a, Vector<float> b) =>
        a;
}
