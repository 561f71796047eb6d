using Attune.Arrays;

namespace Attune.Tests.Arrays;

public sealed class MLPixelBufferTests
{
    [Fact]
    public void A_buffer_over_memory_aliases_it_row_by_row()
    {
        byte[] data = new byte[3 * 10];
        var buffer = new MLPixelBuffer(data, width: 2, height: 3, MLPixelFormat.Bgra32, bytesPerRow: 10);

        buffer.GetRow(2)[7] = 99;

        Assert.Equal(99, data[2 * 10 + 7]);
        Assert.Equal(8, buffer.GetRow(0).Length);
    }

    [Fact]
    public void The_last_row_needs_no_gap_behind_it()
    {
        // One row of 3 bytes and its gap of 2, then 3 bytes.
        var buffer = new MLPixelBuffer(new byte[8], width: 1, height: 2, MLPixelFormat.Rgb24, bytesPerRow: 5);

        Assert.Equal(3, buffer.GetRow(1).Length);
        Assert.Throws<ArgumentException>(() => new MLPixelBuffer(new byte[7], 1, 2, MLPixelFormat.Rgb24, 5));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        byte[] data = new byte[11];

        Assert.Throws<ArgumentException>(() => new MLPixelBuffer(data, 2, 2, MLPixelFormat.Rgb24));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLPixelBuffer(data, 0, 2, MLPixelFormat.Rgb24));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLPixelBuffer(data, 2, 1, MLPixelFormat.Rgb24, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLPixelBuffer(data, 2, 1, (MLPixelFormat)1));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new MLPixelBuffer(int.MaxValue, int.MaxValue, MLPixelFormat.Rgba32));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLPixelBuffer(1, 1, MLPixelFormat.Rgb24).GetRow(1));
    }

    [Theory]
    [InlineData(MLPixelFormat.Rgb24)]
    [InlineData(MLPixelFormat.Rgba32)]
    [InlineData(MLPixelFormat.Bgra32)]
    [InlineData(MLPixelFormat.OneComponent8)]
    [InlineData(MLPixelFormat.OneComponent16Half)]
    public void Planes_and_pixels_go_into_each_other(MLPixelFormat format)
    {
        var image = new MLPixelBuffer(2, 2, format);
        float[] planes = [.. Enumerable.Range(0, 4 * PixelPlanes.Channels(format)).Select(i => (float)i)];
        float[] back = new float[planes.Length];
        float[] blueFirst = new float[planes.Length];

        PixelPlanes.CopyFrom(planes, image);
        PixelPlanes.CopyTo(image, back);
        PixelPlanes.CopyTo(image, blueFirst, blueFirst: true);

        Assert.Equal(planes, back);
        float[] reversed = planes.Length == 4 ? planes : [.. planes[8..], .. planes[4..8], .. planes[..4]];
        Assert.Equal(reversed, blueFirst);
    }

    [Fact]
    public void Planes_are_red_green_blue_whatever_the_bytes_order()
    {
        var image = new MLPixelBuffer(new byte[] { 1, 2, 3, 4 }, 1, 1, MLPixelFormat.Bgra32);
        float[] planes = new float[3];

        PixelPlanes.CopyTo(image, planes);

        Assert.Equal([3, 2, 1], planes);
    }

    [Fact]
    public void Pixels_from_planes_are_rounded_and_saturated_and_opaque()
    {
        var image = new MLPixelBuffer(1, 1, MLPixelFormat.Rgba32);

        PixelPlanes.CopyFrom([-3, 0.5f, 300], image);

        Assert.Equal([0, 0, 255, 255], image.GetRow(0).ToArray());
    }
}
