using System.Buffers.Binary;
using Attune.Codecs;

namespace Attune.Tests.Codecs;

/// <summary>What <see cref="ImageSuiteTests"/> cannot show: damage, orientation, tables left out.</summary>
public sealed class JpegDecoderTests
{
    private const int StartOfScan = 0xDA, HuffmanTables = 0xC4, EndOfImage = 0xD9;

    [Theory]
    [InlineData(1, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(2, new byte[] { 2, 1, 4, 3, 6, 5 })]
    [InlineData(3, new byte[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData(4, new byte[] { 5, 6, 3, 4, 1, 2 })]
    [InlineData(5, new byte[] { 1, 3, 5, 2, 4, 6 })]
    [InlineData(6, new byte[] { 5, 3, 1, 6, 4, 2 })]
    [InlineData(7, new byte[] { 6, 4, 2, 5, 3, 1 })]
    [InlineData(8, new byte[] { 2, 4, 6, 1, 3, 5 })]
    public void Stored_pixels_are_turned_upright(int orientation, byte[] expected)
    {
        // Two columns and three rows: 1 2, 3 4, 5 6. For 6 the first row, 1 2, is the right side from the top down.
        var stored = new DecodedImage(TestImages.Of(2, 3, 1, [1, 2, 3, 4, 5, 6]), (MLImageOrientation)orientation);
        (int width, int height) = orientation < 5 ? (2, 3) : (3, 2);

        MLPixelBuffer upright = ImageFitting.Fit(
            stored, width, height, MLPixelFormat.OneComponent8, new MLImageOptions());
        MLPixelBuffer corner = ImageFitting.Fit(
            stored, 1, 1, MLPixelFormat.OneComponent8, new MLImageOptions { CropRect = new(width - 1, 0, 1, 1) });

        Assert.Equal(expected, upright.Bytes());
        Assert.Equal([expected[width - 1]], corner.Bytes());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Exif_data_tell_the_orientation_and_a_caller_can_overrule_it(bool isLittle)
    {
        byte[] file = WithOrientation(Load("baseline-420.jpg"), 6, isLittle);

        Assert.Equal(
            MLImageOrientation.Right,
            ImageFile.Decode(ImageFile.Open(file), new MLImageOptions()).Orientation);
        MLPixelBuffer turned = Read(file, new MLImageOptions());
        MLPixelBuffer plain = Read(file, new MLImageOptions { Orientation = MLImageOrientation.Up });
        Assert.Equal(Read(Load("baseline-420.jpg"), new MLImageOptions()).Bytes(), plain.Bytes());
        Assert.NotEqual(turned.Bytes(), plain.Bytes());
    }

    [Fact]
    public void An_orientation_that_there_is_not_means_upright() => Assert.Equal(
        MLImageOrientation.Up,
        ImageFile.Decode(
            ImageFile.Open(WithOrientation(Load("baseline-420.jpg"), 9, isLittle: true)),
            new MLImageOptions()).Orientation);

    [Fact]
    public void Pictures_of_films_that_leave_out_the_standards_tables_are_read()
    {
        byte[] whole = Load("baseline-420.jpg");

        byte[] bare = Without(whole, HuffmanTables);

        Assert.True(bare.Length < whole.Length - 400);
        Assert.Equal(TestImages.Decode(whole).Bytes(), TestImages.Decode(bare).Bytes());
    }

    [Fact]
    public void A_header_that_its_bytes_cannot_fill_is_refused_before_memory_is_taken()
    {
        byte[] file = Load("baseline-420.jpg");
        int frame = Find(file, 0xC0);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), 11000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), 11000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageFormatException>(() => TestImages.Decode(file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void The_transform_is_the_cosines_within_rounding()
    {
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            short[] coefficients = new short[64];
            for (int i = 0; i < random.Next(1, 64); i++)
                coefficients[random.Next(64)] = (short)random.Next(-60, 60);
            coefficients[0] = (short)random.Next(-800, 800);
            byte[] samples = new byte[64];

            JpegInverseDct.Transform(coefficients, Ones, samples, 8);

            for (int i = 0; i < 64; i++)
                Assert.InRange(samples[i] - Math.Clamp(Cosines(coefficients, i % 8, i / 8) + 128, 0, 255), -0.6, 0.6);
        }
    }

    [Theory]
    [InlineData(-1024)]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(777)]
    public void A_block_of_a_mean_alone_is_even(short mean)
    {
        short[] coefficients = new short[64];
        coefficients[0] = mean;
        byte[] whole = new byte[64], filled = new byte[64];

        JpegInverseDct.Transform(coefficients, Ones, whole, 8);
        JpegInverseDct.Fill(mean, Ones, filled, 8);

        Assert.Equal(whole, filled);
    }

    private static ushort[] Ones { get; } = [.. Enumerable.Repeat((ushort)1, 64)];

    private static double Cosines(short[] coefficients, int x, int y)
    {
        double sum = 0;
        for (int i = 0; i < 64; i++)
            sum += coefficients[i] * Scale(i % 8) * Scale(i / 8) / 4
                * Math.Cos((2 * x + 1) * (i % 8) * Math.PI / 16) * Math.Cos((2 * y + 1) * (i / 8) * Math.PI / 16);
        return sum;

        static double Scale(int frequency) => frequency == 0 ? Math.Sqrt(0.5) : 1;
    }

    private static byte[] Load(string name) => File.ReadAllBytes(Path.Combine(ImageSuiteTests.Folder, name));

    private static MLPixelBuffer Read(byte[] file, MLImageOptions options) =>
        ImageFile.Read(ImageFile.Open(file), 20, 30, MLPixelFormat.Rgb24, options, CancellationToken.None);

    /// <summary>Puts EXIF data with the tag 274 behind the file's first two bytes.</summary>
    private static byte[] WithOrientation(byte[] file, byte orientation, bool isLittle)
    {
        byte[] tiff = isLittle
            ? [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(tiff.Length + 8), .. "Exif\0\0"u8, .. tiff, .. file[2..]];
    }

    private static byte[] Without(byte[] file, int marker)
    {
        for (int at; (at = Find(file, marker)) > 0;)
            file = [.. file[..at], .. file[(at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2)))..]];
        return file;
    }

    /// <summary>Where the first segment of a kind begins; 0 if there is none before the pixels.</summary>
    private static int Find(byte[] file, int marker)
    {
        for (int at = 2; file[at + 1] != EndOfImage;)
        {
            if (file[at + 1] == marker)
                return at;
            if (file[at + 1] == StartOfScan)
                return 0;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
        }
        return 0;
    }
}
