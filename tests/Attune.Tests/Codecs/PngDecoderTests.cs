using System.Security.Cryptography;

namespace Attune.Tests.Codecs;

public sealed class PngDecoderTests
{
    [SkippableFact]
    public void Every_valid_file_of_the_suite_decodes_to_the_pixels_another_decoder_sees()
    {
        string folder = SharedFolder.Require("images", "pngsuite");

        string[] wrong =
        [
            .. from file in PngSuite.Sums()
               let bytes = File.ReadAllBytes(Path.Combine(folder, file.Name + ".png"))
               where SumOf(TestImages.Decode(bytes)) != file.Sum
               select file.Name,
        ];

        Assert.Equal(161, PngSuite.Sums().Count());
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public void Every_broken_file_of_the_suite_is_refused()
    {
        string[] files = Directory.GetFiles(SharedFolder.Require("images", "pngsuite"), "x*.png");

        Assert.Equal(14, files.Length);
        Assert.All(
            files, file => Assert.Throws<ImageFormatException>(() => TestImages.Decode(File.ReadAllBytes(file))));
    }

    [Fact]
    public void Gray_of_four_bits_is_spread_over_all_of_eight()
    {
        // 0, 1, 15 of 15: 0, 17, 255. The row's last half byte is padding.
        byte[] png = TestPng.Of(TestPng.Header(3, 1, 4, 0), TestPng.Pixels(0, 0x01, 0xF9), TestPng.End);

        MLPixelBuffer image = TestImages.Decode(png);

        Assert.Equal(1, image.BytesPerPixel);
        Assert.Equal([0, 17, 255], image.Bytes());
    }

    [Fact]
    public void Samples_of_sixteen_bits_are_rounded_to_the_nearest()
    {
        // A step of eight bits is 65535/255 = 257: 128 is below half of it, 129 above.
        byte[] png = TestPng.Of(
            TestPng.Header(4, 1, 16, 0), TestPng.Pixels(0, 0, 128, 0, 129, 0x80, 0x80, 0xFF, 0xFF), TestPng.End);

        Assert.Equal([0, 1, 128, 255], TestImages.Decode(png).Bytes());
    }

    [Fact]
    public void The_transparent_sample_is_compared_before_rounding()
    {
        // 0x0101 and 0x0102 are both 1 with eight bits; only the first is transparent.
        byte[] png = TestPng.Of(
            TestPng.Header(2, 1, 16, 0), ("tRNS", [1, 1]), TestPng.Pixels(0, 1, 1, 1, 2), TestPng.End);

        Assert.Equal([1, 1, 1, 0, 1, 1, 1, 255], TestImages.Decode(png).Bytes());
    }

    [Fact]
    public void A_palette_gives_colours_and_those_it_lacks_are_black()
    {
        byte[] png = TestPng.Of(
            TestPng.Header(3, 1, 8, 3), ("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [7]), TestPng.Pixels(0, 0, 1, 2),
            TestPng.End);

        Assert.Equal([1, 2, 3, 7, 4, 5, 6, 255, 0, 0, 0, 255], TestImages.Decode(png).Bytes());
    }

    [Fact]
    public void Filters_look_left_above_and_at_the_corner()
    {
        // Gray rows of three: [10 20 30] as it is, then each filter with differences of 1.
        byte[] png = TestPng.Of(
            TestPng.Header(3, 5, 8, 0),
            TestPng.Pixels(0, 10, 20, 30, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1),
            TestPng.End);

        byte[] expected =
        [
            10, 20, 30,
            1, 2, 3, // left: 0+1, 1+1, 2+1
            2, 3, 4, // above: 1+1, 2+1, 3+1
            2, 3, 4, // average: (0+2)/2+1, (2+3)/2+1, (3+4)/2+1
            3, 4, 5, // Paeth: above 2; then left 3, above 3, corner 2: left 3; then left 4, above 4, corner 3: left 4
        ];
        Assert.Equal(expected, TestImages.Decode(png).Bytes());
    }

    [Fact]
    public void Interlaced_pixels_stand_where_their_passage_puts_them()
    {
        // 3×2: passages 1 (0,0), 4 (2,0), 6 (1,0) and 7 (the second row); 2, 3 and 5 are empty.
        byte[] png = TestPng.Of(
            TestPng.Header(3, 2, 8, 0, interlace: 1), TestPng.Pixels(0, 1, 0, 2, 0, 3, 0, 4, 5, 6), TestPng.End);

        Assert.Equal([1, 3, 2, 4, 5, 6], TestImages.Decode(png).Bytes());
    }

    [Fact]
    public void A_highly_compressed_image_is_not_taken_for_a_lie()
    {
        byte[] png = TestImages.Encode(TestImages.Of(4000, 4000, 1, new byte[16_000_000]));

        Assert.True(png.Length < 30_000, $"It was to be compressed over 500 times; it has {png.Length} bytes.");
        Assert.Equal(16_000_000, TestImages.Decode(png).Bytes().Length);
    }

    [Fact]
    public void A_header_that_its_bytes_cannot_fill_is_refused_before_memory_is_taken()
    {
        byte[] png = TestPng.Of(TestPng.Header(11000, 11000, 8, 6), TestPng.Pixels(new byte[100]), TestPng.End);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageFormatException>(() => TestImages.Decode(png));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Theory]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1, int.MaxValue)]
    [InlineData(65535, 65535)]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    public void Sizes_out_of_bounds_are_refused(int width, int height)
    {
        byte[] png = TestPng.Of(TestPng.Header(width, height, 1, 0), TestPng.Pixels(0, 0), TestPng.End);

        Assert.Throws<ImageFormatException>(() => TestImages.Decode(png));
    }

    [Fact]
    public void Pixels_that_expand_without_end_are_read_only_as_far_as_the_image_goes()
    {
        byte[] bomb = TestPng.Of(TestPng.Header(1, 1, 8, 0), TestPng.Pixels(new byte[50_000_000]), TestPng.End);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal([0], TestImages.Decode(bomb).Bytes());
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    public static TheoryData<string, byte[]> Damaged()
    {
        var header = TestPng.Header(1, 1, 8, 0);
        var pixels = TestPng.Pixels(0, 7);
        var end = TestPng.End;
        return new TheoryData<string, byte[]>
        {
            { "no header", TestPng.Of(pixels, end) },
            { "two headers", TestPng.Of(header, header, pixels, end) },
            { "no pixels", TestPng.Of(header, end) },
            { "no end", TestPng.Of(header, pixels) },
            { "no palette", TestPng.Of(TestPng.Header(1, 1, 8, 3), pixels, end) },
            { "a palette of 2 bytes", TestPng.Of(TestPng.Header(1, 1, 8, 3), ("PLTE", [1, 2]), pixels, end) },
            { "a palette after the pixels", TestPng.Of(header, pixels, ("PLTE", [1, 2, 3]), end) },
            { "a type with a digit", TestPng.Of(header, ("tEX7", []), pixels, end) },
            { "an unknown critical chunk", TestPng.Of(header, ("NEWS", []), pixels, end) },
            { "pixels in two places", TestPng.Of(header, pixels, ("tEXt", []), pixels, end) },
            { "a filter of 5", TestPng.Of(header, TestPng.Pixels(5, 7), end) },
            { "too few pixels", TestPng.Of(header, TestPng.Pixels(0), end) },
            { "pixels that are no zlib", TestPng.Of(header, ("IDAT", [1, 2, 3, 4, 5, 6, 7, 8]), end) },
            { "three bits of depth", TestPng.Of(TestPng.Header(1, 1, 3, 0), pixels, end) },
            { "interlacing 2", TestPng.Of(TestPng.Header(1, 1, 8, 0, 2), pixels, end) },
        };
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Damage_is_refused(string what, byte[] png)
    {
        var error = Assert.Throws<ImageFormatException>(() => TestImages.Decode(png));

        Assert.True(error.Message.EndsWith('.'), $"{what}: {error.Message}");
    }

    [Fact]
    public void A_transparency_that_does_not_fit_is_left_out()
    {
        byte[] png = TestPng.Of(
            TestPng.Header(1, 1, 8, 0), ("tRNS", [0, 7, 0]), TestPng.Pixels(0, 7), TestPng.End);

        Assert.Equal([7], TestImages.Decode(png).Bytes());
    }

    [Fact]
    public void A_wrong_checksum_leaves_out_what_only_advises_and_refuses_what_does_not()
    {
        byte[] advice = TestPng.Of(
            TestPng.Header(1, 1, 8, 0), ("tRNS", [0, 7]), TestPng.Pixels(0, 7), TestPng.End);
        advice[8 + 25 + 12 + 1] ^= 1; // signature, header, and the last byte of the transparency's checksum
        byte[] header = TestPng.Of(TestPng.Header(1, 1, 8, 0), TestPng.Pixels(0, 7), TestPng.End);
        header[8 + 24] ^= 1;

        Assert.Equal([7], TestImages.Decode(advice).Bytes());
        Assert.Throws<ImageFormatException>(() => TestImages.Decode(header));
    }

    [Fact]
    public void Chunks_that_only_advise_are_skipped()
    {
        byte[] png = TestPng.Of(
            TestPng.Header(1, 1, 8, 0), ("gAMA", [0, 0, 0, 1]), TestPng.Pixels(0, 7), ("tEXt", [65, 0, 66]),
            TestPng.End);

        Assert.Equal([7], TestImages.Decode(png).Bytes());
    }

    private static string SumOf(MLPixelBuffer image)
    {
        byte[] pixels = image.As(MLPixelFormat.Rgba32).Bytes();
        return Convert.ToHexStringLower(SHA256.HashData(pixels))[..16];
    }
}
