namespace Attune.Cli.Tests;

public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Labels_that_the_model_does_not_know_are_told()
    {
        Take("7_4.png", "7_1.png", "cat_1.png", "cat_2.png", "dog_1.png");

        Ran shown = await Evaluate();
        Ran told = await Evaluate("--json");

        Assert.Contains(
            "3 samples have labels that Model.mlmodel does not know: cat, dog; they count as wrong.",
            shown.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(
            ["cat", "dog"],
            told.Json[0].GetProperty("unknownLabels").EnumerateArray().Select(label => label.GetString()));
    }

    [Fact]
    public async Task Of_many_unknown_labels_some_are_named()
    {
        Take("7_4.png", [.. "abcdefgh".Select(label => $"{label}_1.png")]);

        Ran shown = await Evaluate();

        Assert.Contains("does not know: a, b, c, d, e, f, …;", shown.Output.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_told_of_known_labels()
    {
        Take("7_4.png", "7_1.png");

        Assert.DoesNotContain("not know", (await Evaluate()).Output, StringComparison.Ordinal);
        Assert.Empty((await Evaluate("--json")).Json[0].GetProperty("unknownLabels").EnumerateArray());
    }

    private async Task<Ran> Evaluate(params string[] options) => await Ran.Done(
        ["evaluate", Models.Digits().Save(folder), "--data", folder.Place("Photos"), .. options]);

    /// <summary>Makes a folder of photos, all with the same picture.</summary>
    private void Take(string image, params string[] names)
    {
        Directory.CreateDirectory(folder.Place("Photos"));
        foreach (string name in names)
            File.Copy(Path.Combine(Models.DigitImages, image), folder.Place($"Photos/{name}"));
    }
}
