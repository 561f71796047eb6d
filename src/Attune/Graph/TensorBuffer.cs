using System.Numerics;
using Attune.Arrays;

namespace Attune.Graph;

/// <summary>
/// The place of one value in a plan's memory: samples one after the other, each of <see cref="Shape"/>.
/// </summary>
internal sealed class TensorBuffer<T>(Shape shape) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Memory<T> memory;

    /// <summary>The shape of one sample.</summary>
    public Shape Shape { get; } = shape;

    public void Place(Memory<T> place) => memory = place;

    /// <summary>One of the samples.</summary>
    public Memory<T> Sample(int index) => memory.Slice(index * Shape.Count, Shape.Count);

    /// <summary>The first <paramref name="batch"/> samples.</summary>
    public Span<T> Samples(int batch) => memory.Span[..(batch * Shape.Count)];
}
