using System.Runtime.Intrinsics;

namespace Attune.Kernels;

/// <summary>Finds the smallest of many values without sorting them all.</summary>
internal static class SmallestValues
{
    /// <summary>The k-th smallest value; infinity if there are fewer, or if it is no number.</summary>
    /// <param name="values">None is negative.</param>
    /// <param name="k">1 or more.</param>
    /// <param name="heap">Memory for k values, whose content does not matter.</param>
    public static float Kth(ReadOnlySpan<float> values, int k, Span<float> heap)
    {
        Require.Length(heap.Length, k);
        if (values.Length < k)
            return float.PositiveInfinity;
        heap = heap[..k];
        heap.Fill(float.PositiveInfinity);
        for (int i = 0; i < values.Length; i++)
        {
            i = NextBelow(values, i, heap[0]);
            if (i < values.Length)
                ReplaceLargest(heap, values[i]);
        }
        return heap[0];
    }

    /// <summary>The place of the first value from a place on that is at most a limit; the number of values if there is
    /// none.</summary>
    public static int NextAtMost(ReadOnlySpan<float> values, int from, float limit)
    {
        int i = from;
        var limits = Vector256.Create(limit);
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            if (Vector256.LessThanOrEqualAny(Vector256.Create(values[i..]), limits))
                break;
        while (i < values.Length && !(values[i] <= limit))
            i++;
        return i;
    }

    private static int NextBelow(ReadOnlySpan<float> values, int from, float limit)
    {
        int i = from;
        var limits = Vector256.Create(limit);
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            if (Vector256.LessThanAny(Vector256.Create(values[i..]), limits))
                break;
        while (i < values.Length && !(values[i] < limit))
            i++;
        return i;
    }

    /// <summary>A heap has its largest value first; each stands before two that are no larger.</summary>
    private static void ReplaceLargest(Span<float> heap, float value)
    {
        int place = 0;
        while (true)
        {
            int child = 2 * place + 1;
            if (child >= heap.Length)
                break;
            if (child + 1 < heap.Length && heap[child + 1] > heap[child])
                child++;
            if (heap[child] <= value)
                break;
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = value;
    }
}
