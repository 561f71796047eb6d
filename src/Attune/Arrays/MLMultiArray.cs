using System.Collections.ObjectModel;
using Attune.Arrays;

namespace Attune;

/// <summary>
/// A multi-dimensional array of numbers: an input, an output, a target or the weights of a model.
/// </summary>
/// <remarks>
/// <para>The shape lists the sizes of the axes, outermost first; the strides say, in elements, how far neighbours along
/// an axis stand apart in memory. The logical order is C order: the last axis runs fastest. An array made over the
/// caller's memory <em>aliases</em> it: it is not copied, and both see each other's changes.</para>
/// <para>Up to 32 axes, up to <see cref="Array.MaxLength"/> elements. Axes of size 0 are allowed and make an empty
/// array; a shape without axes is a single number.</para>
/// <para>Values are read and written as <see cref="double"/> whatever the element type. Written to an integer type,
/// they are rounded half to even and saturated at its ends (NaN becomes 0); written to a floating type they become the
/// nearest value it has.</para>
/// <para>Reading from many threads is safe; writing needs the caller's order.</para>
/// <para>Core ML: <c>MLMultiArray</c>. Ours is always zeroed when new.</para>
/// </remarks>
public sealed partial class MLMultiArray
{
    private readonly ElementStore store;
    private readonly Layout layout;
    private ReadOnlyCollection<int>? shape;
    private ReadOnlyCollection<int>? strides;

    private MLMultiArray(ElementStore store, Layout layout)
    {
        this.store = store;
        this.layout = layout;
    }

    internal MLMultiArray(Shape shape, MLMultiArrayDataType dataType)
        : this(ElementStore.Zeros(shape.Count, dataType), Layout.Contiguous(shape))
    {
    }

    /// <summary>A new array of zeros, in C order without gaps.</summary>
    /// <param name="shape">The sizes of the axes, outermost first; each 0 or more.</param>
    /// <param name="dataType">The type of the elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, there are too many elements, or the data type
    /// is none of the five.</exception>
    /// <exception cref="ArgumentException">There are more than 32 axes.</exception>
    public MLMultiArray(ReadOnlySpan<int> shape, MLMultiArrayDataType dataType)
        : this(Attune.Arrays.Shape.Of(shape), dataType)
    {
    }

    /// <summary>An array of <see cref="MLMultiArrayDataType.Float32"/> over the caller's memory, in C order; no copy is
    /// made.</summary>
    /// <param name="data">Exactly as many elements as the shape has.</param>
    /// <param name="shape">The sizes of the axes, outermost first; none given: one axis as long as the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or there are too many elements.</exception>
    /// <exception cref="ArgumentException">The data's length is not the shape's count, or there are more than 32 axes.
    /// </exception>
    public MLMultiArray(Memory<float> data, params ReadOnlySpan<int> shape) : this(Over(data, shape))
    {
    }

    /// <summary>The same over <see cref="MLMultiArrayDataType.Double"/>.</summary>
    /// <inheritdoc cref="MLMultiArray(Memory{float}, ReadOnlySpan{int})"/>
    public MLMultiArray(Memory<double> data, params ReadOnlySpan<int> shape) : this(Over(data, shape))
    {
    }

    /// <summary>The same over <see cref="MLMultiArrayDataType.Float16"/>.</summary>
    /// <inheritdoc cref="MLMultiArray(Memory{float}, ReadOnlySpan{int})"/>
    public MLMultiArray(Memory<Half> data, params ReadOnlySpan<int> shape) : this(Over(data, shape))
    {
    }

    /// <summary>The same over <see cref="MLMultiArrayDataType.Int32"/>.</summary>
    /// <inheritdoc cref="MLMultiArray(Memory{float}, ReadOnlySpan{int})"/>
    public MLMultiArray(Memory<int> data, params ReadOnlySpan<int> shape) : this(Over(data, shape))
    {
    }

    /// <summary>The same over <see cref="MLMultiArrayDataType.Int8"/>.</summary>
    /// <inheritdoc cref="MLMultiArray(Memory{float}, ReadOnlySpan{int})"/>
    public MLMultiArray(Memory<sbyte> data, params ReadOnlySpan<int> shape) : this(Over(data, shape))
    {
    }

    private MLMultiArray((ElementStore Store, Layout Layout) parts) : this(parts.Store, parts.Layout)
    {
    }

    /// <summary>An array over the caller's memory with any strides; no copy is made.</summary>
    /// <typeparam name="T"><see cref="float"/>, <see cref="double"/>, <see cref="Half"/>, <see cref="int"/> or
    /// <see cref="sbyte"/>.</typeparam>
    /// <param name="data">The memory; its first element is the array's first. It may be longer than needed.</param>
    /// <param name="shape">The sizes of the axes, outermost first.</param>
    /// <param name="strides">For each axis the distance between neighbours, in elements; 0 or more.</param>
    /// <exception cref="ArgumentException">Another element type; strides that are negative, not one per axis or that
    /// reach beyond the memory; more than 32 axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or there are too many elements.</exception>
    public static MLMultiArray Wrap<T>(Memory<T> data, ReadOnlySpan<int> shape, ReadOnlySpan<int> strides)
        where T : unmanaged
    {
        var layout = Layout.Strided(Attune.Arrays.Shape.Of(shape), strides);
        if (layout.RequiredLength > data.Length)
            throw new ArgumentException(
                $"An array of shape {layout.Shape} with strides [{string.Join(", ", strides.ToArray())}] takes "
                + $"{layout.RequiredLength} elements of memory or more; got {data.Length}.", nameof(data));
        return new MLMultiArray(ElementStore.Of(data), layout);
    }

    /// <summary>The sizes of the axes, outermost first.</summary>
    public IReadOnlyList<int> Shape => shape ??= Array.AsReadOnly(layout.Shape.Dimensions.ToArray());

    /// <summary>For each axis the distance between neighbours in memory, in elements.</summary>
    public IReadOnlyList<int> Strides => strides ??= Array.AsReadOnly(layout.Strides.ToArray());

    /// <summary>The type of the elements.</summary>
    public MLMultiArrayDataType DataType => store.DataType;

    /// <summary>Number of elements: the product of the shape.</summary>
    public int Count => layout.Shape.Count;

    /// <summary>Whether the elements stand in C order without gaps, so that <see cref="AsSpan{T}"/> can give
    /// them.</summary>
    public bool IsContiguous => layout.IsContiguous;

    internal Shape ArrayShape => layout.Shape;

    /// <summary>The element that is number <paramref name="index"/> in C order, whatever the strides.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public double this[int index]
    {
        get => store.Read(OffsetOf(index));
        set => store.Write(OffsetOf(index), value);
    }

    /// <summary>The element at a position: one index per axis, outermost first.</summary>
    /// <param name="indices">Each from 0 to the axis' size - 1.</param>
    /// <exception cref="ArgumentException">Not one index per axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside its axis.</exception>
    public double this[params ReadOnlySpan<int> indices]
    {
        get => store.Read(OffsetOf(indices));
        set => store.Write(OffsetOf(indices), value);
    }

    /// <summary>All elements in C order, as they stand in memory: writing to the span writes to the array.</summary>
    /// <typeparam name="T">The type that <see cref="DataType"/> names.</typeparam>
    /// <exception cref="InvalidOperationException">The array holds another type, or it is not contiguous: copy it with
    /// <see cref="TransferTo"/> first.</exception>
    public Span<T> AsSpan<T>() where T : unmanaged => AsMemory<T>().Span;

    internal Memory<T> AsMemory<T>() where T : unmanaged
    {
        if (store is not IElementMemory<T> typed)
            throw new InvalidOperationException($"{this} holds {DataType}; it cannot be seen as {typeof(T).Name}.");
        if (!IsContiguous)
            throw new InvalidOperationException(
                $"{this} has strides [{string.Join(", ", Strides)}]; a span takes elements without gaps. "
                + "Transfer it to a new array first.");
        return typed.Memory[..Count];
    }

    /// <summary>The type and the shape, such as <c>Float32 [1×28×28]</c>.</summary>
    public override string ToString() => $"{DataType} {layout.Shape}";

    private static (ElementStore Store, Layout Layout) Over<T>(Memory<T> data, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        Shape sizes = shape.IsEmpty ? Attune.Arrays.Shape.Of(data.Length) : Attune.Arrays.Shape.Of(shape);
        if (sizes.Count != data.Length)
            throw new ArgumentException(
                $"An array of shape {sizes} takes {sizes.Count} elements; got {data.Length}.", nameof(data));
        return (ElementStore.Of(data), Layout.Contiguous(sizes));
    }

    private int OffsetOf(int index)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(
                nameof(index), $"An array of {Count} elements takes an index from 0 to {Count - 1}; got {index}.");
        return layout.OffsetOf(index);
    }

    private int OffsetOf(ReadOnlySpan<int> indices)
    {
        if (indices.Length != layout.Shape.Rank)
            throw new ArgumentException(
                $"An array of shape {layout.Shape} takes {layout.Shape.Rank} indices; got {indices.Length}.",
                nameof(indices));
        int offset = 0;
        for (int axis = 0; axis < indices.Length; axis++)
        {
            if ((uint)indices[axis] >= (uint)layout.Shape[axis])
                throw new ArgumentOutOfRangeException(
                    nameof(indices),
                    $"Axis {axis} of an array of shape {layout.Shape} takes 0 to {layout.Shape[axis] - 1}; "
                    + $"got {indices[axis]}.");
            offset += indices[axis] * layout.Strides[axis];
        }
        return offset;
    }
}
