namespace Attune.Tests.Codecs;

/// <summary>See <see cref="ImageFuzz"/>. What was found once stays in the folder Found.</summary>
public sealed class DecoderFuzzTests
{
    // Together 100,000 files.
    [Theory]
    [InlineData("*.jpg", 1, 45_000)]
    [InlineData("*.bmp", 2, 15_000)]
    [InlineData("*.gif", 3, 15_000)]
    [InlineData("*.p?m", 4, 10_000)]
    [InlineData("*", 5, 5_000)]
    public void Damaged_files_give_an_image_or_the_one_exception(string pattern, int seed, int count) =>
        Fuzz([.. Directory.GetFiles(ImageSuiteTests.Folder, pattern)
            .Where(path => Path.GetExtension(path) is not (".sh" or ".txt"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)], seed, count);

    [Fact]
    public void Damaged_png_files_give_an_image_or_the_one_exception() =>
        Fuzz(SmallPng.Files(), seed: 6, count: 10_000);

    [Fact]
    public void What_was_found_stays_mended()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Codecs", "Found"));

        Assert.NotEmpty(files);
        int refused = 0;
        Assert.All(files, file => Assert.Null(ImageFuzz.ProblemOf(File.ReadAllBytes(file), ref refused)));
    }

    [Fact]
    public void Every_png_file_cut_short_is_refused()
    {
        byte[] png = SmallPng.Files()[0];
        for (int length = 0; length < png.Length; length++)
            Assert.Throws<ImageFormatException>(() => TestImages.Decode(png.AsMemory(0, length)));
    }

    [Theory]
    [InlineData("progressive-420.jpg")]
    [InlineData("baseline-420.jpg")]
    [InlineData("plain.gif")]
    [InlineData("runs-8.bmp")]
    [InlineData("text.pgm")]
    public void A_file_cut_short_anywhere_is_shown_or_refused(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(ImageSuiteTests.Folder, name));
        int refused = 0;
        for (int length = 0; length < file.Length; length++)
            Assert.Null(ImageFuzz.ProblemOf(file[..length], ref refused));
        Assert.InRange(refused, 20, file.Length);
    }

    private static void Fuzz(IReadOnlyList<byte[]> files, int seed, int count)
    {
        (List<(string Problem, byte[] File)> problems, int refused) = ImageFuzz.Run(seed, count, files);

        Assert.Empty(problems.Select(found => $"{found.Problem} {Convert.ToHexString(found.File)}"));
        Assert.InRange(refused, count / 100, count - count / 100);
    }
}
