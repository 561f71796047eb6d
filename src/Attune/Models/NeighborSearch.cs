using System.Buffers;
using Attune.Kernels;
using Attune.Lowering;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>Finds the samples nearest to a point, exactly: the order is that of distances summed in double.</summary>
/// <remarks>
/// Many samples are first measured in float32, as fast as memory delivers them; those that come within the error of
/// that measure of being near enough are measured again. A tree is searched where the file asks for one and there are
/// few dimensions: with more, a search comes to nearly every leaf, which is slower than going through all in a line.
/// </remarks>
internal sealed class NeighborSearch
{
    private const int MostTreeDimensions = 16;
    private const double SmallestNormal = 1.2e-38;

    private readonly NeighborSamples samples;
    private readonly MLNeighborDistance distance;
    private readonly Workers workers;
    private readonly Lazy<KdTree>? tree;
    private readonly Lazy<UnitSamples>? units;

    public NeighborSearch(NeighborSamples samples, MLNeighborDistance distance, int? leafSize, Workers workers)
    {
        this.samples = samples;
        this.distance = distance;
        this.workers = workers;
        if (distance == MLNeighborDistance.Cosine)
            units = new Lazy<UnitSamples>(() => new UnitSamples(samples));
        else if (leafSize is { } size && samples.Dimensions <= MostTreeDimensions)
            tree = new Lazy<KdTree>(() => new KdTree(samples, size));
    }

    /// <summary>The nearest samples, the nearest first, or all of them if there are not more.</summary>
    /// <param name="point">As many finite numbers as a sample has.</param>
    /// <param name="count">1 or more.</param>
    public Neighbor[] Nearest(ReadOnlySpan<float> point, long count)
    {
        int most = (int)Math.Min(count, samples.Count);
        if (most == 0)
            return [];
        var nearest = new NearestSet(most);
        if (most == samples.Count)
            OfferAll(point, nearest);
        else if (tree is not null)
            tree.Value.Search(point, nearest);
        else
            OfferNear(point, nearest, most);

        Neighbor[] found = nearest.Take();
        if (distance == MLNeighborDistance.Euclidean)
            for (int i = 0; i < found.Length; i++)
                found[i] = found[i] with { Distance = Math.Sqrt(found[i].Distance) };
        return found;
    }

    private void OfferAll(ReadOnlySpan<float> point, NearestSet nearest)
    {
        for (int i = 0; i < samples.Count; i++)
            nearest.Offer(Measured(point, i));
    }

    private void OfferNear(ReadOnlySpan<float> point, NearestSet nearest, int most)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(samples.Count);
        float[] heap = ArrayPool<float>.Shared.Rent(most);
        try
        {
            Span<float> rough = rented.AsSpan(0, samples.Count);
            if (units is not null)
                units.Value.SquaredDistances(workers, point, rough);
            else
                RowDistances.Squared(workers, samples.Values.Span, point, rough);
            float limit = AtMost(SmallestValues.Kth(rough, most, heap));
            for (int i = SmallestValues.NextAtMost(rough, 0, limit);
                i < rough.Length;
                i = SmallestValues.NextAtMost(rough, i + 1, limit))
                nearest.Offer(Measured(point, i));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
            ArrayPool<float>.Shared.Return(heap);
        }
    }

    /// <summary>
    /// The largest rough distance that one of the nearest may have, where that of the last of the roughly nearest is
    /// <paramref name="rough"/>: true distances of those are at most rough / (1 - e), so that the rough distance of any
    /// sample that is as near is at most (1 + e) times that.
    /// </summary>
    private float AtMost(float rough)
    {
        double error = RowDistances.RelativeError(samples.Dimensions);
        if (error > 0.25)
            return float.PositiveInfinity;
        double limit = rough * (1 + error) / (1 - error);
        // Where squares fall below the smallest normal number, errors are absolute. So are those of unit vectors.
        limit += samples.Dimensions * SmallestNormal;
        if (units is not null)
            limit += UnitSamples.AbsoluteError;
        return limit >= float.MaxValue ? float.PositiveInfinity : MathF.BitIncrement((float)limit);
    }

    private Neighbor Measured(ReadOnlySpan<float> point, int sample)
    {
        ReadOnlySpan<float> values = samples[sample].Span;
        return new Neighbor(sample, distance == MLNeighborDistance.Cosine
            ? UnitSamples.CosineDistance(values, point)
            : DoubleSums.SquaredDistance(values, point));
    }
}
