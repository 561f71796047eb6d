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
    public void Lines_end_at_blanks_and_separators(string text, int width, string lines) =>
        Assert.Equal(lines, LongText.Wrap(text, width).Replace('\n', '|'));

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
