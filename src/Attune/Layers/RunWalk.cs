using System.Runtime.CompilerServices;
using Attune.Arrays;

namespace Attune.Layers;

/// <summary>
/// Goes through a dense array in order, run by run, and follows the places of its elements in another array: one that
/// is repeated along some axes (their stride is 0), cut (from a start, with steps, also backwards) or whose axes come
/// in another order.
/// </summary>
/// <remarks>
/// Axes of size 1 are left out and axes that lie behind each other in both arrays become one. What is left has sizes
/// of 2 or more whose product fits an int, so there are never more than 31.
/// </remarks>
internal struct RunWalk
{
    private Axes sizes;
    private Axes strides;
    private Axes places;
    private int rank;
    private bool isEmpty;
    private bool started;

    /// <summary>Elements of one run.</summary>
    public readonly int Length => rank == 0 ? 1 : sizes[rank - 1];

    /// <summary>How far apart the elements of a run are in the other array; 0 if it is always the same one.</summary>
    public readonly int Stride => rank == 0 ? 1 : strides[rank - 1];

    /// <summary>Where the current run starts in the dense array.</summary>
    public int Dense { get; private set; }

    /// <summary>Where the current run starts in the other array.</summary>
    public int Other { get; private set; }

    /// <summary>
    /// A walk without axes yet, whose first element is at a place of the other array other than its first.
    /// </summary>
    public static RunWalk From(int start) => new() { Other = start };

    /// <summary>Adds the next axis of the dense array, from the outermost to the innermost.</summary>
    public void Add(int size, int stride)
    {
        isEmpty |= size == 0;
        if (size <= 1)
            return;
        if (rank > 0 && strides[rank - 1] == (long)size * stride)
        {
            sizes[rank - 1] *= size;
            strides[rank - 1] = stride;
            return;
        }
        sizes[rank] = size;
        strides[rank] = stride;
        rank++;
    }

    public bool MoveNext()
    {
        if (!started)
        {
            started = true;
            return !isEmpty;
        }
        Dense += Length;
        for (int axis = rank - 2; axis >= 0; axis--)
        {
            Other += strides[axis];
            if (++places[axis] < sizes[axis])
                return true;
            Other -= sizes[axis] * strides[axis];
            places[axis] = 0;
        }
        return false;
    }

    /// <summary>Dense: <paramref name="batch"/> samples of <paramref name="whole"/>; other: one that is repeated to
    /// fill it.</summary>
    /// <param name="whole">The shape of one sample of the dense array.</param>
    /// <param name="part">That of the other one, whose axes are those of <paramref name="whole"/> counted from the
    /// innermost.</param>
    /// <param name="batch">Number of samples.</param>
    /// <param name="partHasBatch">Whether the other array has as many samples, or serves all of them.</param>
    public static RunWalk Repeating(Shape whole, Shape part, int batch, bool partHasBatch)
    {
        var walk = new RunWalk();
        walk.Add(batch, partHasBatch ? part.Count : 0);
        int inner = part.Count;
        for (int axis = 0; axis < whole.Rank; axis++)
        {
            int partAxis = axis - (whole.Rank - part.Rank);
            int size = partAxis < 0 ? 1 : part[partAxis];
            inner /= Math.Max(1, size);
            walk.Add(whole[axis], size == 1 ? 0 : inner);
        }
        return walk;
    }

    /// <summary>Dense: an array with its axes in another order; other: <paramref name="batch"/> samples of <paramref
    /// name="source"/>.</summary>
    /// <param name="source">The shape of one sample of the other array.</param>
    /// <param name="axes">For each axis of the dense array the axis of the source; all of them once.</param>
    /// <param name="batch">Number of samples.</param>
    public static RunWalk Permuting(Shape source, ReadOnlySpan<int> axes, int batch)
    {
        var walk = new RunWalk();
        walk.Add(batch, source.Count);
        foreach (int axis in axes)
            walk.Add(source[axis], source.CountOf(axis + 1, source.Rank));
        return walk;
    }

    [InlineArray(32)]
    private struct Axes
    {
        private int first;
    }
}
