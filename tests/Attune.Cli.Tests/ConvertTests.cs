using System.Text.Json;

namespace Attune.Cli.Tests;

public sealed class ConvertTests
{
    [Theory]
    [InlineData("Other.mlmodel")]
    [InlineData("Other.mlpackage")]
    [InlineData("Other.mlmodelc")]
    public async Task Every_form_holds_the_same_model(string name)
    {
        using var folder = new TemporaryFolder();
        string model = Models.Digits().Save(folder);

        await Ran.Done("convert", model, folder.Place(name));

        Ran ran = await Ran.Done("diff", model, folder.Place(name), "--json");
        Assert.True(ran.Json.GetProperty("areEqual").GetBoolean());
    }

    [Theory]
    [InlineData("Other.mlmodel")]
    [InlineData("Other.mlpackage")]
    [InlineData("Other.mlmodelc")]
    public async Task Every_form_and_the_way_back_predict_the_same_bits(string name)
    {
        using var folder = new TemporaryFolder();
        string model = Models.PooledDigits().Save(folder), back = folder.Place("Back.mlmodel");
        string image = Path.Combine(Models.DigitImages, "7_4.png");

        await Ran.Done("convert", model, folder.Place(name));
        await Ran.Done("convert", folder.Place(name), back);

        // JSON holds as many digits as tell each number from all others.
        string expected = await Outputs(model, image);
        Assert.Equal(expected, await Outputs(folder.Place(name), image));
        Assert.Equal(expected, await Outputs(back, image));
        Assert.Equal(await File.ReadAllBytesAsync(model), await File.ReadAllBytesAsync(back));
    }

    [Fact]
    public async Task Float16_rounds_each_number_to_its_nearest_half()
    {
        using var folder = new TemporaryFolder();
        string model = Models.Fixed().Save(folder), half = folder.Place("Half.mlmodel");

        JsonElement report = (await Ran.Done("convert", model, half, "--weights", "float16", "--json")).Json;

        // Glorot's numbers are below √(6/96) = 0.25: halves there are 2⁻¹³ apart at most, and half of that is lost.
        Assert.InRange(report.GetProperty("largestChange").GetDouble(), double.Epsilon, Math.Pow(2, -14));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(1)]
    public async Task Linear_numbers_are_within_half_a_step(int bits)
    {
        using var folder = new TemporaryFolder();

        JsonElement report = (await Ran.Done(
            "convert", Models.Fixed().Save(folder), folder.Place("Small.mlmodel"), "--weights", "linear",
            "--bits", $"{bits}", "--json")).Json;

        // Each channel's numbers lie between -0.25 and 0.25.
        double step = 0.5 / ((1 << bits) - 1);
        Assert.InRange(report.GetProperty("largestChange").GetDouble(), double.Epsilon, step / 2 + 1e-6);
    }

    [Fact]
    public async Task A_model_without_numbers_says_that_none_were_converted()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Done(
            "convert", Models.Sum().Save(folder), folder.Place("Small.mlmodel"), "--weights", "float16");

        ran.Shows("No numbers were converted");
    }

    [Theory]
    [InlineData("float16", "8", 0.55)]
    [InlineData("linear", "8", 0.35)]
    [InlineData("linear", "4", 0.25)]
    public async Task Smaller_numbers_make_smaller_files_and_nearly_the_same_predictions(
        string weights, string bits, double largest)
    {
        using var folder = new TemporaryFolder();
        string model = Models.Fixed().Save(folder);
        string small = folder.Place("Small.mlmodel");

        JsonElement report =
            (await Ran.Done("convert", model, small, "--weights", weights, "--bits", bits, "--json")).Json;

        double before = report.GetProperty("bytesBefore").GetInt64();
        double after = report.GetProperty("bytesAfter").GetInt64();
        Assert.True(after < largest * before, $"{before} → {after}");
        string input = folder.Write("x.csv", string.Join(',', Enumerable.Range(0, 64).Select(i => i % 7)) + "\n");
        double[] expected = await Predict(model, input), actual = await Predict(small, input);
        double change = report.GetProperty("largestChange").GetDouble();
        // Each of 32 outputs is a sum of 64 products with numbers up to 6.
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 64 * 6 * change + 1e-4));
        Assert.True(change > 0);
    }

    [Theory]
    [InlineData("float16")]
    [InlineData("linear")]
    public async Task Numbers_go_back_to_float32(string weights)
    {
        using var folder = new TemporaryFolder();
        string small = folder.Place("Small.mlmodel"), back = folder.Place("Back.mlmodel");
        await Ran.Done("convert", Models.Fixed().Save(folder), small, "--weights", weights);

        await Ran.Done("convert", small, back, "--weights", "float32");

        string input = folder.Write("x.csv", string.Join(',', Enumerable.Range(0, 64).Select(i => i % 7)) + "\n");
        Assert.Equal(await Predict(small, input), await Predict(back, input));
        JsonElement structure = (await Ran.Done("inspect", back, "--json")).Json.GetProperty("structure");
        JsonElement layer = structure.GetProperty("layers")[0];
        Assert.Equal("float32", layer.GetProperty("encoding").GetString());
    }

    [Fact]
    public async Task Layers_that_are_trained_keep_float32()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Done(
            "convert", Models.Digits().Save(folder), folder.Place("Small.mlmodel"), "--weights", "float16");

        ran.Shows("Layer 'dense' (innerProduct) is updatable, and updates take float32.");
    }

    [Fact]
    public async Task A_form_that_is_not_known_is_wrong_usage()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Tool("convert", Models.Line().Save(folder), folder.Place("Model.onnx"));

        Assert.Equal(2, ran.ExitCode);
    }

    [Fact]
    public async Task Compiling_puts_the_folder_beside_the_model()
    {
        using var folder = new TemporaryFolder();

        await Ran.Done("compile", Models.Line().Save(folder));

        Ran ran = await Ran.Done("predict", folder.Place("Model.mlmodelc"), folder.Write("x.csv", "1,2\n"), "--json");
        Assert.Equal(9, ran.Json.GetProperty("samples")[0].GetProperty("outputs").GetProperty("line")[0].GetDouble());
    }

    private static async Task<string> Outputs(string model, string input) =>
        (await Ran.Done("predict", model, input, "--json")).Json.GetProperty("samples").GetRawText();

    private static async Task<double[]> Predict(string model, string input)
    {
        JsonElement sample = (await Ran.Done("predict", model, input, "--json")).Json.GetProperty("samples")[0];
        JsonElement output = sample.GetProperty("outputs").GetProperty("dense");
        return [.. output.EnumerateArray().Select(value => value.GetDouble())];
    }
}
