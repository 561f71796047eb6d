using Attune.Arrays;

namespace Attune;

public sealed partial class MLMultiArray
{
    /// <summary>A new array that holds the given arrays one after another along one axis.</summary>
    /// <param name="arrays">One or more arrays that agree in the number of axes and in the size of every other axis;
    /// their element types may differ.</param>
    /// <param name="axis">The axis to join along; negative counts from the last, -1.</param>
    /// <param name="dataType">The element type of the result; values are converted as <see cref="TransferTo"/>
    /// does.</param>
    /// <exception cref="ArgumentException">There is no array, or their shapes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, no such data type, or the result would have
    /// too many elements.</exception>
    public static MLMultiArray Concat(IReadOnlyList<MLMultiArray> arrays, int axis, MLMultiArrayDataType dataType)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        if (arrays.Count == 0)
            throw new ArgumentException("Concat takes one array or more; got none.", nameof(arrays));
        Shape first = arrays[0].ArrayShape;
        if (axis < -first.Rank || axis >= first.Rank)
            throw new ArgumentOutOfRangeException(
                nameof(axis), $"Arrays of shape {first} have {first.Rank} axes; got axis {axis}.");
        axis = axis < 0 ? axis + first.Rank : axis;

        var result = new MLMultiArray(JoinedShape(arrays, axis), dataType);
        int start = 0;
        foreach (MLMultiArray array in arrays)
        {
            array.TransferTo(result.Part(axis, start, array.ArrayShape));
            start += array.ArrayShape[axis];
        }
        return result;
    }

    /// <summary>Copies all elements into an array of the same shape, converting them to its element type.</summary>
    /// <remarks>To an integer type values are rounded half to even and saturated, NaN becomes 0; to a floating type
    /// they become the nearest value. The two may share memory.</remarks>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void TransferTo(MLMultiArray destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.ArrayShape.Equals(ArrayShape))
            throw new ArgumentException(
                $"A transfer from an array of shape {ArrayShape} takes a destination of the same shape; "
                + $"got {destination.ArrayShape}.", nameof(destination));
        store.TransferTo(layout, destination.store, destination.layout);
    }

    /// <summary>All elements in C order, converted to float32.</summary>
    internal void CopyTo(Span<float> destination) => store.CopyTo(layout, destination);

    /// <summary>All elements in C order, converted to float64; nothing is lost.</summary>
    internal void CopyTo(Span<double> destination) => store.CopyTo(layout, destination);

    /// <summary>Replaces all elements, given in C order; integer types round half to even and saturate.</summary>
    internal void CopyFrom(ReadOnlySpan<float> source) => store.CopyFrom(layout, source);

    /// <summary>Same element type, same shape, same values; strides do not count, and NaN equals NaN.</summary>
    internal bool HasSameContent(MLMultiArray other)
    {
        if (DataType != other.DataType || !ArrayShape.Equals(other.ArrayShape))
            return false;
        for (int i = 0; i < Count; i++)
            if (!store.Read(layout.OffsetOf(i)).Equals(other.store.Read(other.layout.OffsetOf(i))))
                return false;
        return true;
    }

    private static Shape JoinedShape(IReadOnlyList<MLMultiArray> arrays, int axis)
    {
        int[] dimensions = arrays[0].ArrayShape.Dimensions.ToArray();
        long joined = 0;
        foreach (MLMultiArray array in arrays)
        {
            int[] own = array.ArrayShape.Dimensions.ToArray();
            bool fits = own.Length == dimensions.Length;
            for (int i = 0; fits && i < own.Length; i++)
                fits = i == axis || own[i] == dimensions[i];
            if (!fits)
                throw new ArgumentException(
                    $"Arrays joined along axis {axis} agree in every other axis; got {arrays[0].ArrayShape} and "
                    + $"{array.ArrayShape}.", nameof(arrays));
            joined += own[axis];
        }
        dimensions[axis] = (int)Math.Min(joined, int.MaxValue);
        return Attune.Arrays.Shape.Of(dimensions);
    }

    /// <summary>A view of this array from <paramref name="start"/> on along one axis.</summary>
    private MLMultiArray Part(int axis, int start, Shape part)
    {
        // An empty part has no first element, and its start may lie behind the last one.
        int offset = part.Count == 0 ? 0 : start * layout.Strides[axis];
        return new MLMultiArray(store.From(offset), Layout.Strided(part, layout.Strides));
    }
}
