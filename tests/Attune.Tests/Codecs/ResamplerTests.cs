using Attune.Codecs;

namespace Attune.Tests.Codecs;

public sealed class ResamplerTests
{
    [Fact]
    public void The_same_size_keeps_the_very_image()
    {
        var image = TestImages.Of(3, 2, 1, [1, 2, 3, 4, 5, 6]);

        Assert.Same(image, Resampler.Resize(image, 3, 2));
    }

    [Fact]
    public void Shrinking_averages_whole_areas()
    {
        var image = TestImages.Of(4, 2, 1, [0, 10, 20, 30, 2, 12, 22, 33]);

        // (0+10+2+12)/4 = 6, (20+30+22+33)/4 = 26.25
        Assert.Equal([6, 26], Resampler.Resize(image, 2, 1).Bytes());
    }

    [Fact]
    public void Shrinking_weighs_what_is_partly_covered()
    {
        var image = TestImages.Of(3, 1, 1, [0, 90, 240]);

        // Each covers 1.5 pixels: (0 + 90/2)/1.5 = 30, (90/2 + 240)/1.5 = 190
        Assert.Equal([30, 190], Resampler.Resize(image, 2, 1).Bytes());
    }

    [Fact]
    public void Growing_interpolates_between_centres_and_repeats_the_border()
    {
        var image = TestImages.Of(2, 1, 1, [0, 100]);

        // Centres of the result in the source: -0.25, 0.25, 0.75, 1.25 from the first centre.
        Assert.Equal([0, 25, 75, 100], Resampler.Resize(image, 4, 1).Bytes());
        Assert.Equal([0, 25, 75, 100], Resampler.Resize(TestImages.Of(1, 2, 1, [0, 100]), 1, 4).Bytes());
    }

    [Fact]
    public void Axes_may_grow_and_shrink_at_once()
    {
        var image = TestImages.Of(1, 2, 3, [10, 20, 30, 20, 30, 40]);

        Assert.Equal([15, 25, 35, 15, 25, 35], Resampler.Resize(image, 2, 1).Bytes());
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(1, 1)]
    [InlineData(50, 3)]
    [InlineData(13, 90)]
    public void An_even_image_stays_even(int width, int height)
    {
        byte[] pixels = new byte[17 * 11 * 4];
        pixels.AsSpan().Fill(201);

        Assert.All(
            Resampler.Resize(TestImages.Of(17, 11, 4, pixels), width, height).Bytes(),
            value => Assert.Equal(201, value));
    }

    [Theory]
    [InlineData(17, 5)]
    [InlineData(5, 17)]
    [InlineData(65535, 28)]
    [InlineData(28, 65535)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    public void Weights_sum_to_one_and_stay_inside(int source, int result)
    {
        var axis = AxisWeights.Between(source, result);

        for (int pixel = 0; pixel < result; pixel++)
        {
            float[] weights = axis.Weights(pixel).ToArray();
            Assert.Equal(1, weights.Sum(), 1e-4f); // float32, sums of up to 2341 terms
            Assert.InRange(axis.First(pixel), 0, source - weights.Length);
        }
    }

    [Fact]
    public void What_is_transparent_does_not_bleed_into_its_neighbours()
    {
        var image = TestImages.Of(2, 1, 4, [200, 100, 50, 255, 0, 0, 0, 0]);

        Assert.Equal([200, 100, 50, 128], Resampler.Resize(image, 1, 1).Bytes());
    }
}
