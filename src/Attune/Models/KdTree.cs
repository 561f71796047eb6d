using Attune.Kernels;
using Attune.Lowering;

namespace Attune.Models;

/// <summary>
/// A tree over samples that finds the nearest ones without looking at most of the others. Each node splits its samples
/// in the middle of the axis along which they are spread widest.
/// </summary>
/// <remarks>
/// The result is that of looking at every sample: a side is left out only if its distance from the point along the one
/// axis of the split, squared, exceeds the distance of the farthest sample found. No sample there can be nearer, in
/// rounded arithmetic too, because its sum of squares contains a square at least as large.
/// </remarks>
internal sealed class KdTree
{
    private readonly NeighborSamples samples;
    private readonly int leafSize;
    private readonly int[] order;
    private readonly Node root;

    /// <param name="samples">At least one.</param>
    /// <param name="leafSize">The most samples that are not split any more, 1 or more.</param>
    public KdTree(NeighborSamples samples, int leafSize)
    {
        this.samples = samples;
        this.leafSize = leafSize;
        order = new int[samples.Count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        root = Build(0, order.Length, new float[order.Length]);
    }

    /// <summary>Offers all samples that may be among the nearest, with their squared distances.</summary>
    public void Search(ReadOnlySpan<float> point, NearestSet nearest) => Search(root, point, nearest);

    // Halves differ in size by one at most, so that the tree is as deep as the number of samples has bits.
    private Node Build(int start, int end, float[] keys)
    {
        if (end - start <= leafSize)
            return new Node(start, end);
        int axis = WidestAxis(start, end);
        for (int i = start; i < end; i++)
            keys[i] = samples[order[i]].Span[axis];
        Array.Sort(keys, order, start, end - start);
        int middle = start + ((end - start) / 2);
        float split = keys[middle];
        return new Node(start, end)
        {
            Axis = axis,
            Split = split,
            Low = Build(start, middle, keys),
            High = Build(middle, end, keys),
        };
    }

    private int WidestAxis(int start, int end)
    {
        int widest = 0;
        double width = -1;
        for (int axis = 0; axis < samples.Dimensions; axis++)
        {
            float low = float.PositiveInfinity;
            float high = float.NegativeInfinity;
            for (int i = start; i < end; i++)
            {
                float value = samples[order[i]].Span[axis];
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
            if ((double)high - low > width)
                (widest, width) = (axis, (double)high - low);
        }
        return widest;
    }

    private void Search(Node node, ReadOnlySpan<float> point, NearestSet nearest)
    {
        if (node.Low is null || node.High is null)
        {
            for (int i = node.Start; i < node.End; i++)
                nearest.Offer(
                    new Neighbor(order[i], DoubleSums.SquaredDistance(samples[order[i]].Span, point)));
            return;
        }
        double beyond = (double)point[node.Axis] - node.Split;
        Search(beyond < 0 ? node.Low : node.High, point, nearest);
        if (beyond * beyond <= nearest.Limit)
            Search(beyond < 0 ? node.High : node.Low, point, nearest);
    }

    private sealed record Node(int Start, int End)
    {
        public int Axis { get; init; }

        public float Split { get; init; }

        public Node? Low { get; init; }

        public Node? High { get; init; }
    }
}
