using System.Numerics;
using System.Numerics.Tensors;

namespace Attune.Layers;

/// <summary>An operation between two numbers, over rows: y = y ∘ x.</summary>
internal interface IBinaryOperator
{
    static abstract void Combine<T>(Span<T> y, ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>;

    static abstract void Combine<T>(Span<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T>;
}

internal readonly struct Plus : IBinaryOperator
{
    public static void Combine<T>(Span<T> y, ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Add(y, x, y);

    public static void Combine<T>(Span<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Add(y, x, y);
}

internal readonly struct Minus : IBinaryOperator
{
    public static void Combine<T>(Span<T> y, ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Subtract(y, x, y);

    public static void Combine<T>(Span<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Subtract(y, x, y);
}

internal readonly struct Times : IBinaryOperator
{
    public static void Combine<T>(Span<T> y, ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Multiply(y, x, y);

    public static void Combine<T>(Span<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Multiply(y, x, y);
}

internal readonly struct Over : IBinaryOperator
{
    public static void Combine<T>(Span<T> y, ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Divide(y, x, y);

    public static void Combine<T>(Span<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Divide(y, x, y);
}

internal readonly struct Larger : IBinaryOperator
{
    public static void Combine<T>(Span<T> y, ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Max(y, x, y);

    public static void Combine<T>(Span<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Max(y, x, y);
}

internal readonly struct Smaller : IBinaryOperator
{
    public static void Combine<T>(Span<T> y, ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Min(y, x, y);

    public static void Combine<T>(Span<T> y, T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Min(y, x, y);
}
