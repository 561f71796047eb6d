using Attune.Codecs;

namespace Attune.Tests.Codecs;

public sealed class ImageVariationTests
{
    [Fact]
    public void Without_any_range_an_image_keeps_its_pixels()
    {
        MLPixelBuffer image = Gray(3, 2, 10, 20, 30, 40, 50, 60);

        Assert.True(image.HasSameContent(ImageVariation.Of(image, new MLImageAugmentation(), sample: 7, reading: 3)));
    }

    [Fact]
    public void A_map_by_half_a_pixel_takes_the_middle_and_repeats_the_border()
    {
        // Each pixel from half a pixel to its right: (10+20)/2, (20+40)/2, and 40 again beyond the last.
        MLPixelBuffer moved = AffineWarp.Apply(Gray(3, 1, 10, 20, 40), AffineMap.Identity with { X0 = 0.5 });

        Assert.Equal([15, 30, 40], moved.GetRow(0).ToArray());
    }

    [Fact]
    public void A_quarter_turn_about_the_centre_moves_columns_to_rows()
    {
        // x' = y, y' = 1 - x: the result's top row is the image's left column from below.
        var quarter = new AffineMap(0, 1, 0, -1, 0, 1);

        MLPixelBuffer turned = AffineWarp.Apply(Gray(2, 2, 1, 2, 3, 4), quarter);

        Assert.Equal([3, 1], turned.GetRow(0).ToArray());
        Assert.Equal([4, 2], turned.GetRow(1).ToArray());
    }

    [Fact]
    public void Half_of_the_readings_are_mirrored()
    {
        MLPixelBuffer image = Gray(2, 1, 0, 255);
        var flips = new MLImageAugmentation { FlipsHorizontally = true };

        int mirrored = Enumerable.Range(0, 400)
            .Count(reading => ImageVariation.Of(image, flips, sample: 0, reading).GetRow(0)[0] == 255);

        // 400 fair coins: 200, give or take five standard deviations of 10.
        Assert.InRange(mirrored, 150, 250);
    }

    [Fact]
    public void Colours_in_halves_and_with_alpha_move_like_gray_ones()
    {
        var halves = new MLPixelBuffer(2, 1, MLPixelFormat.OneComponent16Half);
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(halves.GetRow(0))[1] = (Half)100;
        var colours = new MLPixelBuffer(2, 1, MLPixelFormat.Bgra32);
        colours.GetRow(0)[6] = 100;
        AffineMap half = AffineMap.Identity with { X0 = 0.5 };

        byte[] bytes = AffineWarp.Apply(halves, half).GetRow(0).ToArray();

        Assert.Equal((Half)50, BitConverter.ToHalf(bytes));
        Assert.Equal(50, AffineWarp.Apply(colours, half).GetRow(0)[2]);
    }

    [Fact]
    public void Noise_has_its_deviation_and_leaves_alpha_alone()
    {
        var image = new MLPixelBuffer(100, 100, MLPixelFormat.Rgba32);
        for (int y = 0; y < image.Height; y++)
            image.GetRow(y).Fill(128);

        MLPixelBuffer noisy = ImageVariation.Of(image, new MLImageAugmentation { Noise = 10 }, sample: 0, reading: 0);

        double squares = 0;
        for (int y = 0; y < image.Height; y++)
            for (int i = 0; i < 400; i++)
            {
                if (i % 4 == 3)
                    Assert.Equal(128, noisy.GetRow(y)[i]);
                squares += Math.Pow(noisy.GetRow(y)[i] - 128, 2);
            }
        // 30,000 draws: the deviation's own error is 10 / sqrt(60,000) = 0.04; rounding adds 1/12 to the variance.
        Assert.InRange(Math.Sqrt(squares / 30_000), 9.8, 10.2);
    }

    [Fact]
    public void A_reading_is_the_same_whenever_it_is_made_and_unlike_others()
    {
        MLPixelBuffer image = Gray(4, 1, 0, 80, 160, 240);
        var moves = new MLImageAugmentation { MaxShift = 0.5, MaxRotation = 20, MaxScale = 0.2, Seed = 5 };

        MLPixelBuffer first = ImageVariation.Of(image, moves, sample: 1, reading: 0);

        Assert.True(first.HasSameContent(ImageVariation.Of(image, moves, sample: 1, reading: 0)));
        Assert.False(first.HasSameContent(ImageVariation.Of(image, moves, sample: 1, reading: 1)));
        Assert.False(first.HasSameContent(ImageVariation.Of(image, moves, sample: 2, reading: 0)));
        Assert.False(first.HasSameContent(ImageVariation.Of(image, moves with { Seed = 6 }, sample: 1, reading: 0)));
    }

    [Fact]
    public void Ranges_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLImageAugmentation { MaxShift = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLImageAugmentation { MaxRotation = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLImageAugmentation { Noise = 256 });
    }

    private static MLPixelBuffer Gray(int width, int height, params byte[] pixels) =>
        new(pixels, width, height, MLPixelFormat.OneComponent8);
}
