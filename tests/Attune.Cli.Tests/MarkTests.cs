using System.Text.Json;
using Attune.Authoring;

namespace Attune.Cli.Tests;

public sealed class MarkTests
{
    [Fact]
    public async Task A_network_becomes_updatable_and_learns()
    {
        using var folder = new TemporaryFolder();
        string marked = folder.Place("Marked.mlmodel");

        await Ran.Done(
            "mark", Models.PlainDigits().Save(folder), marked, "--layers", "dense", "--optimizer", "adam",
            "--learning-rate", "0.001");
        Ran ran = await Ran.Done(
            "update", marked, "--data", Models.DigitImages, "--out", folder.Place("Mine.mlmodel"), "--epochs", "5",
            "--json");

        Assert.True(Accuracy(ran, "after") > Accuracy(ran, "before") + 0.3);
    }

    [Fact]
    public async Task New_classes_are_learned_by_a_new_head()
    {
        using var folder = new TemporaryFolder();
        string marked = folder.Place("Marked.mlmodel");

        Ran ran = await Ran.Done(
            "mark", Models.PlainDigits().Save(folder), marked, "--head", "3", "--labels", "cat,dog,rabbit");

        ran.Shows("dense can be trained");
        Ran inspected = await Ran.Done("inspect", marked);
        inspected.Shows("cat, dog, rabbit");
        await Ran.Done("predict", marked, Path.Combine(Models.DigitImages, "7_4.png"));
    }

    [Fact]
    public async Task Filters_before_a_global_pooling_are_a_head()
    {
        using var folder = new TemporaryFolder();
        string marked = folder.Place("Marked.mlmodel");

        Ran ran = await Ran.Done(
            "mark", Models.PooledDigits().Save(folder), marked, "--head", "10", "--optimizer", "adam");

        ran.Shows("filters can be trained");
        Ran update = await Ran.Done(
            "update", marked, "--data", Models.DigitImages, "--out", folder.Place("Mine.mlmodel"), "--epochs", "5",
            "--json");
        Assert.True(Loss(update, "after") < Loss(update, "before"));
        JsonElement layers =
            (await Ran.Done("inspect", marked, "--json")).Json.GetProperty("structure").GetProperty("layers");
        Assert.Equal(10 * 8 + 10, layers[2].GetProperty("parameters").GetInt64());
        Assert.Equal(8 * 25 + 8, layers[0].GetProperty("parameters").GetInt64());
    }

    [Fact]
    public async Task A_network_that_ends_in_another_way_gets_no_head()
    {
        using var folder = new TemporaryFolder();
        string model = new NetworkBuilder().AddArrayInput("a", [3]).AddArrayInput("b", [3])
            .Add("sum", ["a", "b"]).Softmax("p").Classifier(["x", "y", "z"], "label", "p").Save(folder);

        Ran ran = await Ran.Tool("mark", model, folder.Place("Marked.mlmodel"), "--head", "2");

        Assert.Equal(1, ran.ExitCode);
        ran.Tells("New classes take a network that ends in an innerProduct or a convolution");
        ran.Tells("Layer 'sum' (add) stands there.");
    }

    [Theory]
    [InlineData("Layer 'nobody' is to be updatable; the model has no layer of this name.", "--layers", "nobody")]
    [InlineData("A classifier takes two or more classes, all different.", "--labels", "cat,cat")]
    public async Task What_cannot_be_marked_is_told(string expected, params string[] options)
    {
        using var folder = new TemporaryFolder();
        string output = folder.Place("Marked.mlmodel");

        Ran ran = await Ran.Tool(["mark", Models.PlainDigits().Save(folder), output, .. options]);

        Assert.Equal(1, ran.ExitCode);
        ran.Tells(expected);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public async Task Labels_have_to_be_as_many_as_the_head_has_classes()
    {
        Assert.Equal(2, (await Ran.Tool("mark", "A.mlmodel", "B.mlmodel", "--head", "3", "--labels", "a,b")).ExitCode);
    }

    private static double Loss(Ran ran, string when) => ran.Json.GetProperty(when).GetProperty("loss").GetDouble();

    private static double Accuracy(Ran ran, string when) =>
        ran.Json.GetProperty(when).GetProperty("accuracy").GetDouble();
}
