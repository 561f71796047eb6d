using System.Text.Json;
using System.Xml.Linq;

namespace Attune.Cli.Tests;

public sealed class InspectTests
{
    [Fact]
    public async Task Layers_are_listed_with_shapes_and_costs()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Done("inspect", Models.Digits().Save(folder), "--json");

        JsonElement[] layers = [.. ran.Json.GetProperty("structure").GetProperty("layers").EnumerateArray()];
        Assert.Equal(
            ["conv", "relu", "flatten", "dense", "probabilities"],
            layers.Select(layer => layer.GetProperty("name").GetString()));
        Assert.Equal("[[1,1,4,26,26]]", Compact(layers[0].GetProperty("shapes")));
        Assert.Equal(4 * 9 + 4, layers[0].GetProperty("parameters").GetInt64());
        // Each of 4·26·26 places takes a window of 3·3.
        Assert.Equal(4 * 26 * 26 * 9, layers[0].GetProperty("multiplyAdds").GetInt64());
        Assert.Equal(4 * 26 * 26 * 10, layers[3].GetProperty("multiplyAdds").GetInt64());
        Assert.Equal(
            [false, false, false, true, false], layers.Select(layer => layer.GetProperty("isUpdatable").GetBoolean()));
    }

    [Fact]
    public async Task Totals_are_sums_over_the_layers()
    {
        using var folder = new TemporaryFolder();

        JsonElement totals = (await Ran.Done("inspect", Models.Digits().Save(folder), "--json"))
            .Json.GetProperty("totals");

        Assert.Equal(40 + 27_040 + 10, totals.GetProperty("parameters").GetInt64());
        Assert.Equal(27_050, totals.GetProperty("updatableParameters").GetInt64());
        Assert.Equal((40 + 27_050) * 4, totals.GetProperty("weightBytes").GetInt64());
        // At least the input, 28·28, and the largest value, 4·26·26, stand in memory at the same time.
        Assert.True(totals.GetProperty("predictionBytes").GetInt64() >= 4 * (784 + 2704));
    }

    [Fact]
    public async Task The_console_tells_what_a_person_asks_first()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Done("inspect", Models.Digits().Save(folder));

        ran.Shows("neuralNetworkClassifier, specification version 4, updatable");
        ran.Shows("image  a gray image of 28×28 pixels: A digit, white on black.");
        ran.Shows("Labels (10)");
        ran.Shows("1 to 100");
        Assert.DoesNotContain(ran.Lines, line => line.EndsWith(' ') || line.Length > 80);
    }

    [Fact]
    public async Task Breaches_of_Core_MLs_rules_are_told()
    {
        using var folder = new TemporaryFolder();
        string path = Models.Digits().Save(folder);
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal([0x08, 4], file[..2]); // field 1, the version
        file[1] = 99;
        File.WriteAllBytes(path, file);

        Ran ran = await Ran.Done("inspect", path, "--json");

        JsonElement finding = Assert.Single(ran.Json.GetProperty("findings").EnumerateArray());
        Assert.Equal("model.version.newer", finding.GetProperty("rule").GetString());
        (await Ran.Done("inspect", path)).Shows("Against Core ML's rules (1)");
    }

    [Fact]
    public async Task A_page_needs_nothing_else_and_draws_every_layer()
    {
        using var folder = new TemporaryFolder();
        string page = folder.Place("page.html");

        await Ran.Done("inspect", Models.Digits().Save(folder), "--html", page);

        string text = await File.ReadAllTextAsync(page);
        int begin = text.IndexOf("<svg", StringComparison.Ordinal);
        int end = text.IndexOf("</svg>", StringComparison.Ordinal) + "</svg>".Length;
        XElement svg = XElement.Parse(text[begin..end]);
        Assert.Equal(6, svg.Descendants().Count(element => element.Name.LocalName == "rect")); // 1 input, 5 layers
        Assert.Equal(5, svg.Descendants().Count(element => element.Name.LocalName == "path"));
        Assert.DoesNotContain("src=", text, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", text, StringComparison.Ordinal);
        Assert.Contains("<th>gives</th>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_shows_names_as_texts()
    {
        using var folder = new TemporaryFolder();
        string page = folder.Place("page.html");

        await Ran.Done("inspect", Models.Line().Author("<script>alert(1)</script>").Save(folder), "--html", page);

        string text = await File.ReadAllTextAsync(page);
        Assert.Contains("&lt;script&gt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Stages_and_sizes_of_other_models_are_told()
    {
        Ran ran = await Ran.Done("inspect", SharedFolder.Require("real-models", "names-tree", "NamesDT.mlmodel"));

        ran.Shows("    dictVectorizer: input →");
        ran.Shows("nodes 19,023");
    }

    [SkippableFact]
    public async Task Every_real_model_is_inspected_or_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Place("Model.mlmodel");
        var failures = new List<string>();
        foreach ((string name, byte[] bytes) in SharedFolder.Models())
        {
            await File.WriteAllBytesAsync(path, bytes);
            Ran ran = await Ran.Tool("inspect", path, "--html", folder.Place("page.html"));
            if (ran.ExitCode == 2 || ran.Error.Contains("should not have happened", StringComparison.Ordinal))
                failures.Add($"{name}: {ran.Error}");
        }

        Assert.Empty(failures);
    }

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);
}
