namespace Attune.Cli.Tests;

/// <summary>What people get wrong, and what the tool says then.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2, "attune: diff takes B; got none.", "diff", "MODEL")]
    [InlineData(2, "attune: inspect takes MODEL; got none.", "inspect")]
    [InlineData(2, "attune: --top takes a whole number up to 2,147,483,647; got '99999999999'.",
        "predict", "MODEL", "IMAGE", "--top", "99999999999")]
    [InlineData(2, "attune: --learning-rate takes a number; got 'small'.",
        "update", "MODEL", "--data", "IMAGES", "--out", "OUT", "--learning-rate", "small")]
    [InlineData(2, "attune: --optimizer takes one of the words that --help lists; got 'best'.",
        "mark", "MODEL", "OUT", "--optimizer", "best")]
    [InlineData(2, "attune: --head takes a number up to 100,000; got 1,000,000,000.",
        "mark", "MODEL", "OUT", "--head", "1000000000")]
    [InlineData(2, "attune: --namespace takes a name as C# has it, of letters, digits and _; got '1 bad'.",
        "generate", "MODEL", "--namespace", "1 bad")]
    [InlineData(2, "attune: Argument 'swift' not recognized. Must be one of: 'csharp'",
        "generate", "MODEL", "--language", "swift")]
    [InlineData(1, "the folder that should hold it is missing",
        "update", "MODEL", "--data", "IMAGES", "--out", "NOWHERE")]
    [InlineData(1, "--head and --labels replace the classes of a neuralNetworkClassifier",
        "mark", "LINE", "OUT", "--head", "2")]
    [InlineData(1, "damaged.png' cannot be read as an image.", "predict", "MODEL", "DAMAGED")]
    public async Task A_mistake_is_told_in_a_sentence(int exitCode, string message, params string[] args)
    {
        string model = Models.Digits().Save(folder), line = Models.Line().Save(folder, "Line.mlmodel");
        string damaged = folder.Write("damaged.png", "No image.");

        Ran ran = await Ran.Tool([.. args.Select(arg => arg switch
        {
            "MODEL" => model,
            "LINE" => line,
            "OUT" => folder.Place("Out.mlmodel"),
            "NOWHERE" => folder.Place("missing/Out.mlmodel"),
            "IMAGE" => Path.Combine(Models.DigitImages, "7_4.png"),
            "IMAGES" => Models.DigitImages,
            "DAMAGED" => damaged,
            _ => arg,
        })]);

        Assert.Equal(exitCode, ran.ExitCode);
        ran.Tells(message);
        Assert.DoesNotContain("epoch ", ran.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Place("Out.mlmodel")));
    }

    [Theory]
    [InlineData("", "table.csv' is empty; a table takes a row for each sample.")]
    [InlineData("\n\n", "table.csv' is empty; a table takes a row for each sample.")]
    [InlineData("x[0],x[1],line_true\n", "table.csv' holds no samples: its only row names columns.")]
    [InlineData("line_true\n1\n", "table.csv' has no columns for 'x'; it has line_true.")]
    [InlineData("x[0],x[1]\n1,2\n", "table.csv' has no columns for 'line_true'; it has x[0], x[1].")]
    public async Task A_table_that_lacks_samples_or_columns_is_refused(string table, string message)
    {
        Ran ran = await Ran.Tool(
            "update", Models.LearningLine().Save(folder), "--data", folder.Write("table.csv", table),
            "--out", folder.Place("Mine.mlmodel"));

        Assert.Equal(1, ran.ExitCode);
        ran.Tells(message);
        Assert.Single(ran.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task An_empty_array_is_no_sample()
    {
        Ran ran = await Ran.Tool("predict", Models.Line().Save(folder), folder.Write("none.json", "[]"));

        Assert.Equal(1, ran.ExitCode);
        ran.Tells("none.json' holds no samples: its array is empty.");
    }

    [Fact]
    public async Task The_file_of_a_sample_that_does_not_fit_is_named()
    {
        Directory.CreateDirectory(folder.Place("Photos"));
        File.Copy(Path.Combine(Models.DigitImages, "7_4.png"), folder.Place("Photos/cat_1.png"));

        Ran ran = await Ran.Tool(
            "update", Models.Digits().Save(folder), "--data", folder.Place("Photos"),
            "--out", folder.Place("Mine.mlmodel"));

        Assert.Equal(1, ran.ExitCode);
        ran.Tells("cat_1.png': ");
        ran.Tells("takes one of the model's 10 labels; got 'cat'");
    }

    [Theory]
    [InlineData("inspect", "MODEL", "--html", "MODEL")]
    [InlineData("generate", "MODEL", "--out", "MODEL")]
    [InlineData("update", "MODEL", "--data", "IMAGES", "--out", "OUT", "--report", "MODEL")]
    [InlineData("update", "MODEL", "--data", "IMAGES", "--out", "OUT", "--resume", "MODEL")]
    [InlineData("update", "MODEL", "--data", "IMAGES", "--out", "OUT", "--resume", "NEW")]
    public async Task Nothing_else_is_written_over_a_model(params string[] args)
    {
        string model = Models.Digits().Save(folder);
        byte[] before = await File.ReadAllBytesAsync(model);

        Ran ran = await Ran.Tool([.. args.Select(arg => arg switch
        {
            "MODEL" => model,
            "NEW" => folder.Place("New.mlmodelc"),
            "OUT" => folder.Place("Out.mlmodel"),
            "IMAGES" => Models.DigitImages,
            _ => arg,
        })]);

        Assert.Equal(2, ran.ExitCode);
        ran.Tells("has the name of a model, which would be lost. Choose another name.");
        Assert.Equal(before, await File.ReadAllBytesAsync(model));
        Assert.False(File.Exists(folder.Place("Out.mlmodel")));
    }

    [SkippableFact]
    public void A_full_disk_is_told()
    {
        Skip.IfNot(File.Exists("/dev/full"), "There is no /dev/full.");
        using var child = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "sh",
            [
                "-c", "dotnet \"$0\" inspect \"$1\" > /dev/full",
                Path.Combine(AppContext.BaseDirectory, "Attune.Cli.dll"), Models.Line().Save(folder),
            ])
        {
            RedirectStandardError = true,
        })!;
        string error = child.StandardError.ReadToEnd();
        child.WaitForExit();

        Assert.Equal(1, child.ExitCode);
        Assert.Equal("attune: No space left on device", error.Trim());
    }

    [Fact]
    public void A_place_is_left_as_it_was()
    {
        OutputFile.RequirePlace(folder.Place("Out.mlmodel"));

        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(folder.Place("Out.mlmodel"))!));
    }

    [Theory]
    [InlineData(0.25, "0.25000")]
    [InlineData(12.3456789, "12.3456")]
    [InlineData(0.0000123, "1.2e-5")]
    [InlineData(double.NaN, "NaN")]
    public void Losses_are_short(double loss, string text)
    {
        var epoch = new Training.EpochReport(
            Epoch: 1, loss, Accuracy: 0.5, HoldOutLoss: null, HoldOutAccuracy: null, SamplesPerSecond: 10);

        Assert.Equal($"epoch 1/3: loss {text}, accuracy 50.0 %, 10/s", Training.TrainingLines.Text(epoch, epochs: 3));
    }
}
