using Attune.Codecs;

namespace Attune.Tests.Codecs;

public sealed class PngEncoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_is_written_is_read_back(int channels)
    {
        byte[] pixels = new byte[5 * 7 * channels];
        new Random(3).NextBytes(pixels);
        var image = TestImages.Of(5, 7, channels, pixels);

        MLPixelBuffer back = TestImages.Decode(TestImages.Encode(image));

        Assert.Equal((5, 7), (back.Width, back.Height));
        Assert.Equal(image.PixelFormat, back.PixelFormat);
        Assert.Equal(pixels, back.Bytes());
    }

    [Fact]
    public void The_checksum_is_that_of_the_standard() =>
        // The check value that catalogues of checksums give for CRC-32.
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
}
