using System.Globalization;
using System.Text.Json;
using Attune.Cli.Data;

namespace Attune.Cli.Tests;

public sealed class PredictTests
{
    [Fact]
    public async Task An_image_gets_the_most_probable_labels()
    {
        using var folder = new TemporaryFolder();
        string model = Models.Digits().Save(folder);

        Ran ran = await Ran.Done("predict", model, Path.Combine(Models.DigitImages, "7_4.png"), "--top", "3", "--json");

        JsonElement sample = ran.Json.GetProperty("samples")[0];
        double[] top =
        [
            .. sample.GetProperty("top").EnumerateArray().Select(rank => rank.GetProperty("probability").GetDouble()),
        ];
        Assert.Equal(3, top.Length);
        Assert.Equal(top.OrderDescending(), top);
        Assert.Equal(
            sample.GetProperty("outputs").GetProperty("digit").GetString(),
            sample.GetProperty("top")[0].GetProperty("label").GetString());
        JsonElement all = sample.GetProperty("outputs").GetProperty("probabilities");
        Assert.Equal(1, all.EnumerateObject().Sum(entry => entry.Value.GetDouble()), 1e-5);
    }

    [Fact]
    public async Task A_folder_gives_a_row_for_each_image()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Done("predict", Models.Digits().Save(folder), Models.DigitImages);

        ran.Tells("100 predictions in");
        Assert.DoesNotContain(ran.Lines, line => line.Length > 80);
    }

    [Theory]
    [InlineData("table.csv", "x[0],x[1]\n1,2\n10,20\n")]
    [InlineData("table.csv", "left,right\n1,2\n10,20\n")]
    [InlineData("table.csv", "1,2\n10,20\n")]
    [InlineData("samples.json", "[{\"x\":[1,2]},{\"x\":[10,20]}]")]
    public async Task Tables_and_JSON_give_samples(string name, string text)
    {
        using var folder = new TemporaryFolder();
        string model = Models.Line().Save(folder);

        Ran ran = await Ran.Done("predict", model, folder.Write(name, text), "--json");

        // 2·1 + 3·2 + 1 and 2·10 + 3·20 + 1
        Assert.Equal([9, 81], Values(ran, "line"));
    }

    [Fact]
    public async Task NumPy_arrays_give_samples_and_are_written()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Place("x.npy");
        string output = folder.Place("y.npy");
        await File.WriteAllBytesAsync(input, new NpyFile([2, 2], [1, 2, 10, 20]).ToBytes());

        await Ran.Done("predict", Models.Line().Save(folder), input, "--out", output);

        NpyFile written = NpyFile.Read(output);
        Assert.Equal([2, 1], written.Shape);
        Assert.Equal([9, 81], written.Values);
    }

    [Fact]
    public async Task Named_inputs_are_one_sample()
    {
        using var folder = new TemporaryFolder();
        string a = folder.Place("a.npy");
        await File.WriteAllBytesAsync(a, new NpyFile([3], [1, 2, 3]).ToBytes());

        Ran ran = await Ran.Done("predict", Models.Sum().Save(folder), $"a={a}", "b=10,20,30", "--json");

        Assert.Equal([11, 22, 33], Values(ran, "sum"));
    }

    [Fact]
    public async Task Outputs_are_written_as_a_table()
    {
        using var folder = new TemporaryFolder();
        string table = folder.Place("out.csv");

        await Ran.Done("predict", Models.Line().Save(folder), folder.Write("in.csv", "1,2\n"), "--out", table);

        Assert.Equal("sample,line[0]\nin.csv:1,9\n", await File.ReadAllTextAsync(table));
    }

    [Theory]
    [InlineData("x.csv", "a,b,c\n1,2\n", "Row 2 of")]
    [InlineData("x.csv", "1,2,3\n", "its rows take 2 numbers, for 'x' in this order; they have 3.")]
    [InlineData("x.csv", "x[0],x[1]\n1,zwei\n", "got 'zwei'")]
    [InlineData("x.csv", "", "is empty")]
    [InlineData("x.json", "{\"x\":[1,", "cannot be read as JSON")]
    [InlineData("x.json", "{\"x\":\"text\"}", "got String \"text\"")]
    [InlineData("x.json", "{\"x\":[[1,2],[3]]}", "an array whose rows differ")]
    [InlineData("x.json", "{}", "'x'")]
    [InlineData("x.npy", "no array", "cannot be read as a .npy file")]
    public async Task Inputs_that_do_not_fit_are_told_in_a_sentence(string name, string text, string expected)
    {
        using var folder = new TemporaryFolder();
        string model = Models.Line().Save(folder);

        Ran ran = await Ran.Tool("predict", model, folder.Write(name, text));

        Assert.Equal(1, ran.ExitCode);
        ran.Tells(expected);
        Assert.Single(ran.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_folder_without_images_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        string empty = Directory.CreateDirectory(folder.Place("empty")).FullName;

        Ran ran = await Ran.Tool("predict", Models.Digits().Save(folder), empty);

        Assert.Equal(1, ran.ExitCode);
        ran.Tells("holds no images");
    }

    [SkippableFact]
    public async Task Prices_of_houses_are_near_the_labels()
    {
        string data = SharedFolder.Require("real-models", "housing");

        Ran ran = await Ran.Done(
            "predict", Path.Combine(data, "keras_model.mlmodel"), Path.Combine(data, "normed_test_data.csv"), "--json");

        double[] labels =
        [
            .. File.ReadLines(Path.Combine(data, "test_labels.csv"))
                .Select(line => double.Parse(line, CultureInfo.InvariantCulture)),
        ];
        double[] prices = Values(ran, "Identity");
        Assert.Equal(labels.Length, prices.Length);
        // The labels' mean distance from their mean is 6.5; a model that has learnt is far below.
        Assert.True(labels.Zip(prices, (label, price) => Math.Abs(label - price)).Average() < 4);
    }

    private static double[] Values(Ran ran, string output) =>
    [
        .. ran.Json.GetProperty("samples").EnumerateArray()
            .SelectMany(sample => Flat(sample.GetProperty("outputs").GetProperty(output))),
    ];

    private static IEnumerable<double> Flat(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().SelectMany(Flat) : [json.GetDouble()];
}
