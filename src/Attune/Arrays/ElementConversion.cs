using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Attune.Arrays;

/// <summary>
/// Conversion between element types. To an integer type: rounded half to even, saturated at the type's ends, NaN
/// becomes 0. To a floating type: the nearest value, infinity beyond its range.
/// </summary>
internal static class ElementConversion
{
    private const int ChunkLength = 512;

    /// <summary>Copies all elements of one array into another of the same shape, whatever their layouts and
    /// types.</summary>
    public static void Transfer<TFrom, TTo>(
        ReadOnlySpan<TFrom> source, Layout from, Span<TTo> destination, Layout to)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        int count = from.Shape.Count;
        if (from.IsContiguous && to.IsContiguous)
        {
            Convert(source[..count], destination[..count]);
            return;
        }
        Span<TFrom> gathered = stackalloc TFrom[ChunkLength];
        Span<TTo> converted = stackalloc TTo[ChunkLength];
        for (int start = 0; start < count; start += ChunkLength)
        {
            int length = Math.Min(ChunkLength, count - start);
            from.Gather(source, start, gathered[..length]);
            Convert<TFrom, TTo>(gathered[..length], converted[..length]);
            to.Scatter<TTo>(converted[..length], start, destination);
        }
    }

    public static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> destination)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
            MemoryMarshal.Cast<TFrom, TTo>(source).CopyTo(destination);
        else if (typeof(TFrom) == typeof(Half) && typeof(TTo) == typeof(float))
            TensorPrimitives.ConvertToSingle(
                MemoryMarshal.Cast<TFrom, Half>(source), MemoryMarshal.Cast<TTo, float>(destination));
        else if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(Half))
            TensorPrimitives.ConvertToHalf(
                MemoryMarshal.Cast<TFrom, float>(source), MemoryMarshal.Cast<TTo, Half>(destination));
        else if (!IsInteger<TTo>())
            TensorPrimitives.ConvertTruncating(source, destination);
        else if (IsInteger<TFrom>())
            TensorPrimitives.ConvertSaturating(source, destination);
        else
            for (int i = 0; i < source.Length; i++)
                destination[i] = FromDouble<TTo>(double.CreateTruncating(source[i]));
    }

    /// <summary>One element, by the same rule.</summary>
    public static T FromDouble<T>(double value) where T : unmanaged, INumber<T> =>
        IsInteger<T>() ? T.CreateSaturating(Math.Round(value, MidpointRounding.ToEven)) : T.CreateTruncating(value);

    private static bool IsInteger<T>() => typeof(T) == typeof(int) || typeof(T) == typeof(sbyte);
}
