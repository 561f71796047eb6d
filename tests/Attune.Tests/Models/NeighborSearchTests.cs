using Attune.Lowering;
using Attune.Models;
using Attune.Runtime;
using Attune.Tests.Kernels;
using FsCheck.Xunit;

namespace Attune.Tests.Models;

/// <summary>Both ways to search against sorting all samples by their distances in double.</summary>
public class NeighborSearchTests
{
    [Property(MaxTest = 60)]
    public void A_tree_and_a_line_find_what_sorting_finds(int seed)
    {
        var random = new RandomStream(seed);
        int dimensions = 1 + random.Below(9);
        int count = 1 + random.Below(300);
        float[] values = Coarse(random, count * dimensions);
        float[] point = Coarse(random, dimensions);
        int neighbors = 1 + random.Below(20);
        int leaf = 1 + random.Below(10);
        NeighborSamples samples = Samples(dimensions, values);

        Neighbor[] expected = Sorted(samples, point, neighbors);
        Assert.Equal(expected, Search(samples, leaf).Nearest(point, neighbors));
        Assert.Equal(expected, Search(samples, leaf: null).Nearest(point, neighbors));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(128)]
    [InlineData(131)]
    public void A_line_finds_what_sorting_finds_in_many_dimensions(int dimensions)
    {
        NeighborSamples samples = Samples(dimensions, Numbers.Random(dimensions * 2003, seed: dimensions));
        float[] point = Numbers.Random(dimensions, seed: 5);

        foreach (int count in new[] { 1, 7, 100 })
            Assert.Equal(Sorted(samples, point, count), Search(samples, leaf: null).Nearest(point, count));
    }

    [Fact]
    public void Samples_that_float32_cannot_tell_apart_are_told_apart()
    {
        // 1 + i·2^-23 from 0: squares differ in the 24th digit and beyond, in places that float32 sums lose.
        const int Dimensions = 40;
        var values = new float[Dimensions * 100];
        for (int i = 0; i < 100; i++)
            for (int d = 0; d < Dimensions; d++)
                values[(i * Dimensions) + d] = d == i % Dimensions ? MathF.BitDecrement(1 - (i * 1e-7f)) : 1;
        NeighborSamples samples = Samples(Dimensions, values);

        Assert.Equal(
            Sorted(samples, new float[Dimensions], 10),
            Search(samples, leaf: null).Nearest(new float[Dimensions], 10));
    }

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    public void Distances_whose_squares_float32_does_not_hold_are_ordered_too(float scale)
    {
        float[] values = [.. Numbers.Random(500 * 20, seed: 3).Select(value => value * scale)];
        float[] point = [.. Numbers.Random(20, seed: 4).Select(value => value * scale)];
        NeighborSamples samples = Samples(20, values);

        Assert.Equal(Sorted(samples, point, 5), Search(samples, leaf: null).Nearest(point, 5));
    }

    [Property(MaxTest = 30)]
    public void Cosine_finds_what_sorting_finds(int seed)
    {
        var random = new RandomStream(seed);
        float[] values = Coarse(random, 4 * 200);
        float[] point = Coarse(random, 4);
        NeighborSamples samples = Samples(4, values);
        var search = new NeighborSearch(samples, MLNeighborDistance.Cosine, leafSize: 3, Workers.Single);

        Neighbor[] expected =
        [
            .. Enumerable.Range(0, samples.Count)
                .Select(i => new Neighbor(i, UnitSamples.CosineDistance(samples[i].Span, point)))
                .Order()
                .Take(6),
        ];
        Assert.Equal(expected, search.Nearest(point, 6));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        NeighborSamples samples = Samples(128, Numbers.Random(128 * 3000, seed: 1));
        float[] point = Numbers.Random(128, seed: 2);

        Neighbor[] one = new NeighborSearch(samples, MLNeighborDistance.Euclidean, null, Workers.Single)
            .Nearest(point, 9);
        Neighbor[] four = new NeighborSearch(samples, MLNeighborDistance.Euclidean, null, Workers.For(4))
            .Nearest(point, 9);

        Assert.Equal(one, four);
    }

    private static NeighborSearch Search(NeighborSamples samples, int? leaf) =>
        new(samples, MLNeighborDistance.Euclidean, leaf, Workers.For(2));

    private static NeighborSamples Samples(int dimensions, float[] values) => new(
        dimensions, values, [.. Enumerable.Range(0, values.Length / dimensions).Select(i => (object)(long)i)]);

    /// <summary>Few different numbers, so that there are ties and equal samples.</summary>
    private static float[] Coarse(RandomStream random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.Below(7) - 3) * 0.1f)];

    private static Neighbor[] Sorted(NeighborSamples samples, float[] point, int count) =>
    [
        .. Enumerable.Range(0, samples.Count)
            .Select(i => new Neighbor(i, Attune.Kernels.DoubleSums.SquaredDistance(samples[i].Span, point)))
            .Order()
            .Take(count)
            .Select(neighbor => neighbor with { Distance = Math.Sqrt(neighbor.Distance) }),
    ];
}
