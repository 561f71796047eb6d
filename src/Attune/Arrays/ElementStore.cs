using System.Numerics;
using System.Runtime.InteropServices;

namespace Attune.Arrays;

/// <summary>The elements of an array as they stand in memory, of a type known only at run time.</summary>
internal abstract class ElementStore(MLMultiArrayDataType dataType)
{
    public MLMultiArrayDataType DataType { get; } = dataType;

    public abstract int Length { get; }

    public abstract double Read(int offset);

    public abstract void Write(int offset, double value);

    public abstract ElementStore From(int start);

    public abstract void CopyTo(Layout layout, Span<float> destination);

    public abstract void CopyTo(Layout layout, Span<double> destination);

    public abstract void CopyFrom(Layout layout, ReadOnlySpan<float> source);

    public abstract void TransferTo(Layout layout, ElementStore destination, Layout destinationLayout);

    protected internal abstract void Receive<TFrom>(ReadOnlySpan<TFrom> source, Layout from, Layout to)
        where TFrom : unmanaged, INumber<TFrom>;

    /// <exception cref="ArgumentException">Multi-arrays have no such element type.</exception>
    public static ElementStore Of<T>(Memory<T> memory) where T : unmanaged => (object)memory switch
    {
        Memory<float> floats => new ElementStore<float>(floats, MLMultiArrayDataType.Float32),
        Memory<double> doubles => new ElementStore<double>(doubles, MLMultiArrayDataType.Double),
        Memory<Half> halves => new ElementStore<Half>(halves, MLMultiArrayDataType.Float16),
        Memory<int> integers => new ElementStore<int>(integers, MLMultiArrayDataType.Int32),
        Memory<sbyte> bytes => new ElementStore<sbyte>(bytes, MLMultiArrayDataType.Int8),
        _ => throw new ArgumentException(
            $"A multi-array takes elements of float, double, Half, int or sbyte; got {typeof(T).Name}."),
    };

    /// <summary>Fresh memory, all zero.</summary>
    public static ElementStore Zeros(int count, MLMultiArrayDataType dataType)
    {
        if (count > Array.MaxLength)
            throw new ArgumentOutOfRangeException(
                nameof(count), $"A multi-array takes at most {Array.MaxLength} elements; got {count}.");
        return dataType switch
        {
            MLMultiArrayDataType.Float32 => Of<float>(new float[count]),
            MLMultiArrayDataType.Double => Of<double>(new double[count]),
            MLMultiArrayDataType.Float16 => Of<Half>(new Half[count]),
            MLMultiArrayDataType.Int32 => Of<int>(new int[count]),
            MLMultiArrayDataType.Int8 => Of<sbyte>(new sbyte[count]),
            _ => throw new ArgumentOutOfRangeException(
                nameof(dataType), $"A multi-array takes a data type of MLMultiArrayDataType; got {(int)dataType}."),
        };
    }
}

/// <summary>Gives the memory back under its type, without the constraints of <see cref="ElementStore{T}"/>.</summary>
internal interface IElementMemory<T>
{
    Memory<T> Memory { get; }
}

internal sealed class ElementStore<T>(Memory<T> memory, MLMultiArrayDataType dataType)
    : ElementStore(dataType), IElementMemory<T>
    where T : unmanaged, INumber<T>
{
    public Memory<T> Memory { get; } = memory;

    public override int Length => Memory.Length;

    public override double Read(int offset) => double.CreateTruncating(Memory.Span[offset]);

    public override void Write(int offset, double value) =>
        Memory.Span[offset] = ElementConversion.FromDouble<T>(value);

    public override ElementStore From(int start) => new ElementStore<T>(Memory[start..], DataType);

    public override void CopyTo(Layout layout, Span<float> destination) =>
        ElementConversion.Transfer<T, float>(Memory.Span, layout, destination, Dense(layout));

    public override void CopyTo(Layout layout, Span<double> destination) =>
        ElementConversion.Transfer<T, double>(Memory.Span, layout, destination, Dense(layout));

    public override void CopyFrom(Layout layout, ReadOnlySpan<float> source) =>
        ElementConversion.Transfer(source, Dense(layout), Memory.Span, layout);

    public override void TransferTo(Layout layout, ElementStore destination, Layout destinationLayout) =>
        destination.Receive<T>(Memory.Span, layout, destinationLayout);

    protected internal override void Receive<TFrom>(ReadOnlySpan<TFrom> source, Layout from, Layout to)
    {
        // Two layouts over one memory (a transpose in place): elements would be read after they were replaced.
        bool overlaps = typeof(TFrom) == typeof(T) && MemoryMarshal.Cast<TFrom, T>(source).Overlaps(Memory.Span);
        ElementConversion.Transfer(overlaps ? source.ToArray() : source, from, Memory.Span, to);
    }

    // Most arrays stand in order already: their own layout serves, and nothing is allocated.
    private static Layout Dense(Layout layout) => layout.IsContiguous ? layout : Layout.Contiguous(layout.Shape);
}
