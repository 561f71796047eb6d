using System.Text.Json;

namespace Attune.Cli.Tests;

public sealed class DiffTests
{
    [Fact]
    public async Task A_model_is_equal_to_itself()
    {
        using var folder = new TemporaryFolder();
        string model = Models.Digits().Save(folder);

        (await Ran.Done("diff", model, model)).Shows("The models are equal.");
    }

    [Fact]
    public async Task Only_what_was_trained_differs_after_an_update()
    {
        using var folder = new TemporaryFolder();
        string model = Models.Digits().Save(folder), mine = folder.Place("Mine.mlmodel");
        await Ran.Done("update", model, "--data", Models.DigitImages, "--out", mine, "--epochs", "1");

        Ran ran = await Ran.Done("diff", model, mine, "--json");

        JsonElement[] differences = [.. ran.Json.GetProperty("differences").EnumerateArray()];
        Assert.All(differences, found => Assert.Equal("layer 'dense'", found.GetProperty("where").GetString()));
        Assert.Equal(
            ["innerProduct.bias", "innerProduct.weights"],
            differences.Select(found => found.GetProperty("what").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Settings_and_layers_that_only_one_has_are_told()
    {
        using var folder = new TemporaryFolder();
        string line = Models.Line().Author("somebody").Save(folder, "Line.mlmodel");
        string sum = Models.Sum().Save(folder, "Sum.mlmodel");

        Ran ran = await Ran.Done("diff", line, sum, "--json");

        string[] found =
        [
            .. ran.Json.GetProperty("differences").EnumerateArray().Select(entry => string.Join(
                '|', entry.EnumerateObject().Select(field => field.Value.GetString()))),
        ];
        Assert.Contains("layer 'line'|the layer|present|absent", found);
        Assert.Contains("layer 'sum'|the layer|absent|present", found);
        Assert.Contains("model|description.metadata.author|somebody|", found);
    }
}
