using System.Text.Json.Nodes;
using Attune.Benchmarks.Route;

namespace Attune.Benchmarks.Tests;

public sealed class RouteTests
{
    [Theory]
    [InlineData("tail", "sgd")]
    [InlineData("full", "adam")]
    public void Training_prints_one_line_with_the_fields_of_the_peers(string mode, string optimizer)
    {
        JsonNode line = RunTiny("--samples", "100", "--epochs", "3", "--mode", mode, "--optimizer", optimizer);

        string[] fields =
        [
            "task", "net", "mode", "optimizer", "samples", "epochs", "batch", "lr", "threads", "seconds",
            "samples_per_second", "last_epoch_loss", "peak_rss_mb",
        ];
        Assert.All(fields, field => Assert.NotNull(line[field]));
        Assert.Equal((mode, optimizer), ((string)line["mode"]!, (string)line["optimizer"]!));
    }

    [Fact]
    public void Training_learns()
    {
        double first = LossAfter(epochs: "1");
        double last = LossAfter(epochs: "20");

        Assert.True(last < first / 2, $"The loss was {first} in the first epoch and {last} in the twentieth.");
    }

    [Fact]
    public void An_image_is_decoded_and_scaled()
    {
        var output = new StringWriter();
        string[] arguments = ["image", "--width", "40", "--height", "30", "--seconds", "0.01"];

        Assert.Equal(0, RouteProgram.Run(arguments, output, TextWriter.Null));

        JsonNode line = JsonNode.Parse(output.ToString())!;
        Assert.Equal("40×30 Rgb24", (string)line["pixels"]!);
        Assert.True((double)line["decode_ms"]! >= 0 && (double)line["scale_ms"]! >= 0);
    }

    [Theory]
    [InlineData("There is no argument '--epoch' here.", "train", "--net", "tiny", "--epoch", "1")]
    [InlineData("--samples takes a whole number above 0; got 'many'.", "train", "--net", "tiny", "--samples", "many")]
    [InlineData("The route benchmark takes one of its tasks first; got 'walk'.", "walk")]
    public void Arguments_that_are_not_understood_are_named(string message, params string[] args)
    {
        var errors = new StringWriter();

        Assert.Equal(2, RouteProgram.Run(args, TextWriter.Null, errors));
        Assert.StartsWith(message, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Trees_print_the_time_of_a_row()
    {
        var output = new StringWriter();

        Assert.Equal(0, RouteProgram.Run(
            ["trees", "--trees", "3", "--depth", "2", "--seconds", "0.01"], output, TextWriter.Null));

        JsonNode line = JsonNode.Parse(output.ToString())!;
        Assert.Equal((3, 2), ((int)line["trees"]!, (int)line["depth"]!));
        Assert.True((double)line["microseconds_per_row"]! >= 0);
    }

    private static double LossAfter(string epochs) =>
        (double)RunTiny("--samples", "100", "--epochs", epochs, "--mode", "full", "--lr", "0.1")["last_epoch_loss"]!;

    private static JsonNode RunTiny(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        int status = RouteProgram.Run(["train", "--net", "tiny", "--threads", "1", .. arguments], output, errors);

        Assert.Equal((0, ""), (status, errors.ToString()));
        return JsonNode.Parse(output.ToString())!;
    }
}
