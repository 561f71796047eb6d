using System.Security.Cryptography;

namespace Attune.Tests.Codecs;

/// <summary>
/// The images of the folder Images, made by its make.sh, which also tells what other decoders see in them: djpeg in the
/// JPEG files, netpbm in its own, ImageMagick in the rest.
/// </summary>
public sealed class ImageSuiteTests
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Codecs", "Images");

    public static TheoryData<string, string> Sums()
    {
        var sums = new TheoryData<string, string>();
        foreach (string line in File.ReadLines(Path.Combine(Folder, "sums.txt")))
            sums.Add(line.Split(' ')[0], line.Split(' ')[1]);
        return sums;
    }

    [Theory]
    [MemberData(nameof(Sums))]
    public void A_file_decodes_to_the_pixels_another_decoder_sees(string name, string sum)
    {
        MLPixelBuffer image = TestImages.Decode(File.ReadAllBytes(Path.Combine(Folder, name)));

        if (image.PixelFormat == MLPixelFormat.Rgba32)
            image = image.As(MLPixelFormat.Rgb24);
        Assert.Equal(sum, Convert.ToHexStringLower(SHA256.HashData(image.Bytes()))[..16]);
    }

    [Fact]
    public void All_modes_are_there()
    {
        Assert.Equal(38, Directory.GetFiles(Folder, "*.jpg").Length);
        Assert.Equal(54, Sums().Count);
    }

    [Fact]
    public void What_is_not_read_is_refused_by_its_name()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, "x-arithmetic.jpg"));

        var error = Assert.Throws<ImageFormatException>(() => TestImages.Decode(file));
        Assert.Contains("arithmetically", error.Message, StringComparison.Ordinal);
    }
}
