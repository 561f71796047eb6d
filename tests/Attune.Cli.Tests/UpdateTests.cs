using System.Text.Json;

namespace Attune.Cli.Tests;

public sealed class UpdateTests
{
    [Fact]
    public async Task Held_out_samples_tell_how_well_it_learned()
    {
        using var folder = new TemporaryFolder();
        string mine = folder.Place("Mine.mlmodel"), page = folder.Place("page.html");

        Ran ran = await Ran.Done(
            "update", Models.Digits().Save(folder), "--data", Models.DigitImages, "--out", mine, "--epochs", "6",
            "--holdout", "0.2", "--report", page, "--json");

        Assert.Equal(80, ran.Json.GetProperty("samples").GetInt32());
        Assert.Equal(20, ran.Json.GetProperty("heldOut").GetInt32());
        JsonElement[] epochs = [.. ran.Json.GetProperty("epochs").EnumerateArray()];
        Assert.Equal(6, epochs.Length);
        int best = ran.Json.GetProperty("resultEpoch").GetInt32();
        double[] losses = [.. epochs.Select(epoch => epoch.GetProperty("holdOutLoss").GetDouble())];
        Assert.Equal(losses.Min(), losses[best - 1]);
        // The tool measures the written model once more: the same samples, the same loss.
        Assert.Equal(losses.Min(), ran.Json.GetProperty("after").GetProperty("loss").GetDouble(), 1e-4);
        string text = await File.ReadAllTextAsync(page);
        Assert.Contains("<polyline", text, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,", text, StringComparison.Ordinal);
        // The axes of both curves, of which one is in percent.
        double highest = epochs.Max(epoch => Math.Max(
            epoch.GetProperty("accuracy").GetDouble(), epoch.GetProperty("holdOutAccuracy").GetDouble()));
        Assert.Contains($">{Evaluation.EvaluationTables.Percent(highest)}</text>", text, StringComparison.Ordinal);
        double least = epochs.Min(epoch => epoch.GetProperty("loss").GetDouble());
        Assert.Contains(
            $">{Plain.Number(Math.Min(least, losses.Min()))}</text>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_of_numbers_trains_a_regressor()
    {
        using var folder = new TemporaryFolder();
        string model = Models.LearningLine().Save(folder), mine = folder.Place("Mine.mlmodel");
        // y = 2·a + 3·b + 1
        string data = folder.Write("data.csv", "x[0],x[1],line_true\n0,0,1\n1,0,3\n0,1,4\n1,1,6\n");

        await Ran.Done("update", model, "--data", data, "--out", mine, "--epochs", "500");

        Ran ran = await Ran.Done("predict", mine, folder.Write("x.csv", "2,2\n"), "--json");
        Assert.Equal(
            11, ran.Json.GetProperty("samples")[0].GetProperty("outputs").GetProperty("line")[0].GetDouble(), 0.05);
    }

    [Fact]
    public async Task Each_epoch_is_a_line_in_a_pipe()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Done(
            "update", Models.Digits().Save(folder), "--data", Models.DigitImages,
            "--out", folder.Place("Mine.mlmodel"));

        Assert.Equal(3, ran.Error.Split('\n').Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        ran.Shows("Wrote ");
    }

    [Fact]
    public async Task A_model_that_is_not_updatable_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Tool(
            "update", Models.PlainDigits().Save(folder), "--data", Models.DigitImages,
            "--out", folder.Place("Mine.mlmodel"));

        Assert.Equal(1, ran.ExitCode);
        Assert.Single(ran.Error.TrimEnd().Split('\n'));
        Assert.False(File.Exists(folder.Place("Mine.mlmodel")));
    }

    [Fact]
    public void Stopping_keeps_the_best_epoch_so_far()
    {
        using var folder = new TemporaryFolder();

        Training.TrainingReport report = StoppingAfter.Train(2, new Training.TrainOptions
        {
            Model = Models.Digits().Save(folder),
            Data = Models.DigitImages,
            Out = folder.Place("Mine.mlmodel"),
            Epochs = 50,
        });

        Assert.Equal(2, report.ResultEpoch);
        Assert.True(File.Exists(folder.Place("Mine.mlmodel")));
    }

    [Fact]
    public async Task Two_models_are_evaluated_side_by_side()
    {
        using var folder = new TemporaryFolder();
        string model = Models.Digits().Save(folder), mine = folder.Place("Mine.mlmodel");
        await Ran.Done("update", model, "--data", Models.DigitImages, "--out", mine, "--epochs", "10");

        Ran ran = await Ran.Done("evaluate", model, mine, "--data", Models.DigitImages, "--json");
        Ran shown = await Ran.Done("evaluate", model, mine, "--data", Models.DigitImages);

        double[] accuracy = [.. ran.Json.EnumerateArray().Select(report => report.GetProperty("accuracy").GetDouble())];
        Assert.True(accuracy[1] > accuracy[0]);
        IEnumerable<JsonElement> rows = ran.Json[1].GetProperty("confusion").EnumerateArray();
        Assert.Equal(100, rows.Sum(row => row.EnumerateArray().Sum(count => count.GetInt32())));
        Assert.DoesNotContain(shown.Lines, line => line.Length > 80);
    }
}
