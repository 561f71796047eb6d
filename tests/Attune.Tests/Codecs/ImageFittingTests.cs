using Attune.Codecs;

namespace Attune.Tests.Codecs;

public sealed class ImageFittingTests
{
    private static readonly MLPixelBuffer Ramp = TestImages.Of(4, 2, 1, [1, 2, 3, 4, 5, 6, 7, 8]);

    [Fact]
    public void Colour_becomes_gray_by_its_luma()
    {
        // (299·200 + 587·100 + 114·50 + 500)/1000 = 124.7, the remainder dropped
        Assert.Equal([124], Fit(TestImages.Of(1, 1, 3, [200, 100, 50]), 1, 1, MLPixelFormat.OneComponent8));
        Assert.Equal([77], Fit(TestImages.Of(1, 1, 3, [77, 77, 77]), 1, 1, MLPixelFormat.OneComponent8));
    }

    [Fact]
    public void Transparency_shows_white_where_the_format_has_no_alpha()
    {
        var image = TestImages.Of(2, 1, 4, [10, 20, 30, 0, 100, 0, 200, 128]);

        // 255 where nothing shows; else (c·128 + 255·127 + 127)/255, the remainder dropped: 177, 127, 227.
        Assert.Equal([255, 255, 255, 177, 127, 227], Fit(image, 2, 1, MLPixelFormat.Rgb24));
    }

    [Fact]
    public void Alpha_is_kept_where_it_is_wanted()
    {
        var image = TestImages.Of(1, 1, 4, [10, 20, 30, 40]);

        var keep = new MLImageOptions { Transparency = MLImageTransparency.Keep };
        Assert.Equal([30, 20, 10, 40], Fit(image, 1, 1, MLPixelFormat.Bgra32, keep));
        Assert.Equal([10, 20, 30, 40], Fit(image, 1, 1, MLPixelFormat.Rgba32, keep));
        var ignore = new MLImageOptions { Transparency = MLImageTransparency.Ignore };
        Assert.Equal([10, 20, 30, 255], Fit(image, 1, 1, MLPixelFormat.Rgba32, ignore));
        // (10·40 + 255·215 + 127)/255 = 217.06, (20·40 + …)/255 = 218.6, (30·40 + …)/255 = 220.2
        Assert.Equal([217, 218, 220, 255], Fit(image, 1, 1, MLPixelFormat.Rgba32));
    }

    [Fact]
    public void Gray_fills_all_channels_and_half_precision_holds_the_same_numbers()
    {
        var image = TestImages.Of(1, 1, 1, [9]);

        Assert.Equal([9, 9, 9, 255], Fit(image, 1, 1, MLPixelFormat.Bgra32));
        byte[] half = Fit(image, 1, 1, MLPixelFormat.OneComponent16Half);
        Assert.Equal((Half)9, BitConverter.ToHalf(half));
    }

    [Fact]
    public void A_crop_of_the_wanted_size_keeps_its_pixels()
    {
        var options = new MLImageOptions { CropRect = new MLCropRect(1, 1, 2, 1) };

        Assert.Equal([6, 7], Fit(Ramp, 2, 1, MLPixelFormat.OneComponent8, options));
    }

    [Theory]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, 0, 5, 1)]
    [InlineData(3, 0, 2, 1)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(int.MaxValue, 0, int.MaxValue, 1)]
    public void A_crop_that_leaves_the_image_is_refused(int x, int y, int width, int height)
    {
        var options = new MLImageOptions { CropRect = new MLCropRect(x, y, width, height) };

        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(Ramp, 2, 1, MLPixelFormat.OneComponent8, options));
    }

    [Fact]
    public void Center_crop_takes_the_middle()
    {
        var options = new MLImageOptions { CropAndScale = MLImageCropAndScale.CenterCrop };

        Assert.Equal([2, 3, 6, 7], Fit(Ramp, 2, 2, MLPixelFormat.OneComponent8, options));
    }

    [Fact]
    public void Scale_fit_keeps_proportions_and_fills_with_opaque_black()
    {
        var options = new MLImageOptions { CropAndScale = MLImageCropAndScale.ScaleFit };

        Assert.Equal(
            [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0], Fit(Ramp, 4, 4, MLPixelFormat.OneComponent8, options));
        byte[] colour = Fit(Ramp, 4, 4, MLPixelFormat.Rgba32, options);
        Assert.Equal([0, 0, 0, 255], colour[..4]);
        Assert.Equal([1, 1, 1, 255], colour[16..20]);
    }

    [Fact]
    public void A_file_of_another_format_is_refused_by_its_name()
    {
        var error = Assert.Throws<ImageFormatException>(() => TestImages.Decode("RIFF....WEBP"u8.ToArray()));
        Assert.Contains("PNG", error.Message, StringComparison.Ordinal);
        Assert.Contains("WebP", error.Message, StringComparison.Ordinal);

        Assert.Contains(
            "empty", Assert.Throws<ImageFormatException>(() => TestImages.Decode(default)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ImageFormatException>(() => TestImages.Decode("nothing"u8.ToArray()));
    }

    private static byte[] Fit(
        MLPixelBuffer image, int width, int height, MLPixelFormat format, MLImageOptions? options = null)
    {
        return ImageFitting.Fit(
            new DecodedImage(image), width, height, format, options ?? new MLImageOptions()).Bytes();
    }
}
