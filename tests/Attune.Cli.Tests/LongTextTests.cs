namespace Attune.Cli.Tests;

/// <summary>Names and texts that are wider than their place.</summary>
public sealed class LongTextTests
{
    [Theory]
    [InlineData("block/conv_relu", 12, "block/conv_|relu")]
    [InlineData("short", 12, "short")]
    [InlineData("withoutseparator", 10, "withoutsep|arator")]
    [InlineData("dense_2__activation__", 12, "dense_2__|activation__")]
    [InlineData("innerProduct.weights", 19, "innerProduct.|weights")]
    [InlineData("741 differ by 3.75 %, at most 0.0438622", 15, "741 differ by|3.75 %, at most|0.0438622")]
    [InlineData("largest 0.0438622", 12, "largest|0.0438622")]
    [InlineData("[1×1×28]\n[1×10]", 8, "[1×1×28]|[1×10]")]
    [InlineData("", 8, "")]
    [InlineData("ab😀cd", 3, "ab|😀c|d")]
    [InlineData("😀😀", 2, "😀|😀")]
    [InlineData("abcdef   ", 3, "abc|def")]
    [InlineData("a withoutseparator", 10, "a|withoutsep|arator")]
    public void Lines_end_at_blanks_and_separators(string text, int width, string lines) =>
        Assert.Equal(lines, LongText.Wrap(text, width).Replace('\n', '|'));

    [Fact]
    public void A_text_without_separators_is_not_copied_for_each_line()
    {
        string text = new('x', 100_000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        string lines = LongText.Wrap(text, 4);

        Assert.Equal(125_000 - 1, lines.Length); // a line end after each 4 but the last
        // 25,000 small texts; gigabytes, if each line copied what is left.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Theory]
    [InlineData("a", "z", "a…z")] // 500 letters of each end
    [InlineData("😀", "😀", "…😀")] // a letter of two halves is there or not, but whole
    public void A_text_that_nobody_reads_to_its_end_is_shown_by_both_ends(string last, string first, string shown)
    {
        string begin = new('a', 499), end = new('z', 499);

        Assert.Equal($"{begin}??{end}", LongText.Shorten($"{begin}??{end}"));
        Assert.Equal(begin + shown + end, LongText.Shorten($"{begin}{last} and so on {first}{end}"));
    }

    [Fact]
    public void Cells_and_headings_of_tables_are_short()
    {
        var output = new StringWriter();
        string name = new('n', 1_600_000);

        new Screen(output, TextWriter.Null, width: 80).Table([name], [[name]]);

        string shown = output.ToString();
        Assert.Equal(2, shown.Count(letter => letter == '…'));
        Assert.Equal(2_000, shown.Count(letter => letter == 'n'));
    }

    [Theory]
    [InlineData(40, 10, 20, 6)] // all have room
    [InlineData(30, 10, 14, 6)] // the longest name gives way,
    [InlineData(26, 9, 11, 6)] // up to its longest part, then the other one,
    [InlineData(18, 5, 7, 6)] // and then parts are broken
    public void The_widest_columns_are_narrowed_first(int available, params int[] widths)
    {
        string[][] columns = [["conv_1_abc"], ["dense_11_activation_"], ["10,000"]];

        Assert.Equal(widths, ColumnWidths.Fit(columns, wraps: [true, true, false], available));
    }

    [Fact]
    public async Task No_name_of_a_layer_is_broken_within_a_word_at_80_columns()
    {
        using var folder = new TemporaryFolder();
        string[] words = ["mobilenet/", "block_", "expansion_", "convolution_", "with_", "long.", "name"];
        string model = new Authoring.NetworkBuilder()
            .AddArrayInput("x", [64])
            .InnerProduct(
                string.Concat(words), 1000, Authoring.Initializer.GlorotUniform(seed: 1), Authoring.Initializer.Zeros)
            .AddOutput(string.Concat(words))
            .Save(folder);

        Ran ran = await Ran.Done("inspect", model);

        int heading = Array.FindIndex(ran.Lines, line => line.StartsWith("  layer ", StringComparison.Ordinal));
        int width = ran.Lines[heading].IndexOf("type", StringComparison.Ordinal);
        string[] lines =
        [
            .. ran.Lines.Skip(heading + 2).TakeWhile(line => line.Length > 0)
                .Select(line => line.PadRight(width)[..width].Trim()).Where(line => line.Length > 0),
        ];
        Assert.Equal(string.Concat(words), string.Concat(lines));
        Assert.All(lines, line => Assert.Contains(words, word => line.EndsWith(word, StringComparison.Ordinal)));
        Assert.DoesNotContain(ran.Lines, line => line.Length > 80);
    }
}
