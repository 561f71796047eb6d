using System.Numerics;

namespace Attune.Layers;

/// <summary>Takes one more number into what was made of those before.</summary>
internal interface IFold
{
    static abstract T Fold<T>(T folded, T x) where T : unmanaged, IFloatingPointIeee754<T>;
}

internal readonly struct FoldSum : IFold
{
    public static T Fold<T>(T folded, T x) where T : unmanaged, IFloatingPointIeee754<T> => folded + x;
}

internal readonly struct FoldProduct : IFold
{
    public static T Fold<T>(T folded, T x) where T : unmanaged, IFloatingPointIeee754<T> => folded * x;
}

internal readonly struct FoldSquare : IFold
{
    public static T Fold<T>(T folded, T x) where T : unmanaged, IFloatingPointIeee754<T> => folded + x * x;
}

internal readonly struct FoldMagnitude : IFold
{
    public static T Fold<T>(T folded, T x) where T : unmanaged, IFloatingPointIeee754<T> => folded + T.Abs(x);
}

internal readonly struct FoldMax : IFold
{
    public static T Fold<T>(T folded, T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Max(folded, x);
}

internal readonly struct FoldMin : IFold
{
    public static T Fold<T>(T folded, T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Min(folded, x);
}
