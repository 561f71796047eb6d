namespace Attune.Cli.Tests;

/// <summary>What holds for every verb.</summary>
public sealed class ToolTests
{
    public static TheoryData<string> Verbs => [.. Cli.Tool.VerbNames];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_shows_an_example_and_fits_80_columns(string verb)
    {
        Ran ran = await Ran.Done(verb, "--help");

        ran.Shows($"  attune {verb} ");
        Assert.DoesNotContain(
            ran.Lines, line => line.Length > 80 && !line.StartsWith("  attune ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_without_arguments_is_wrong_usage(string verb)
    {
        Ran ran = await Ran.Tool(verb);

        Assert.Equal(2, ran.ExitCode);
        ran.Tells($"'attune {verb} --help' shows what it takes.");
    }

    [Fact]
    public async Task Help_lists_all_verbs()
    {
        Ran ran = await Ran.Done("--help");

        Assert.All(Cli.Tool.VerbNames, verb => ran.Shows($"\n  {verb} "));
    }

    [Theory]
    [InlineData]
    [InlineData("inspekt", "Model.mlmodel")]
    [InlineData("inspect", "Model.mlmodel", "--htlm", "page.html")]
    [InlineData("predict", "Model.mlmodel", "image.png", "--top", "many")]
    [InlineData("predict", "Model.mlmodel", "image.png", "--top", "0")]
    [InlineData("predict", "Model.mlmodel", "image.png", "--out", "image.doc")]
    public async Task Wrong_usage_is_told_apart_from_failures(params string[] args)
    {
        Ran ran = await Ran.Tool(args);

        Assert.Equal(2, ran.ExitCode);
        Assert.Empty(ran.Output);
        Assert.NotEmpty(ran.Error);
    }

    [Fact]
    public async Task Without_a_verb_the_error_begins_as_all_do()
    {
        Assert.Equal("attune: A verb is missing. 'attune --help' lists them.\n", (await Ran.Tool()).Error);
    }

    [Theory]
    [InlineData("inspect", "MODEL", "--html", "OUT")]
    [InlineData("predict", "MODEL", "IMAGES", "--out", "OUT")]
    [InlineData("generate", "MODEL", "--out", "OUT")]
    [InlineData("update", "MODEL", "--data", "IMAGES", "--out", "MINE", "--report", "OUT")]
    public async Task What_was_written_is_told_with_the_result_and_not_in_JSON(params string[] args)
    {
        using var folder = new TemporaryFolder();
        string model = Models.Digits().Save(folder), file = folder.Place("out.json");
        string[] command =
        [
            .. args.Select(arg => arg switch
            {
                "MODEL" => model,
                "OUT" => file,
                "MINE" => folder.Place("Mine.mlmodel"),
                "IMAGES" => Models.DigitImages,
                _ => arg,
            }),
        ];

        Ran shown = await Ran.Done(command);
        Ran machine = await Ran.Done([.. command, "--json"]);

        shown.Shows($"Wrote {file}");
        Assert.DoesNotContain("Wrote ", shown.Error, StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Object, machine.Json.ValueKind);
        Assert.DoesNotContain("Wrote ", machine.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evaluate", "MODEL", "--data", "IMAGES")]
    [InlineData("diff", "MODEL", "PLAIN")]
    [InlineData("predict", "MODEL", "IMAGES")]
    [InlineData("inspect", "MODEL")]
    public async Task A_result_begins_in_the_first_line(params string[] args)
    {
        using var folder = new TemporaryFolder();
        string model = Models.Digits().Save(folder);
        string plain = Models.PlainDigits().Save(folder, "Plain.mlmodel");

        Ran ran = await Ran.Done([.. args.Select(arg =>
            arg switch { "MODEL" => model, "PLAIN" => plain, "IMAGES" => Models.DigitImages, _ => arg })]);

        Assert.NotEmpty(ran.Lines[0].Trim());
    }

    [Fact]
    public async Task A_missing_model_is_one_sentence()
    {
        Ran ran = await Ran.Tool("inspect", "/nowhere/Model.mlmodel");

        Assert.Equal(1, ran.ExitCode);
        Assert.Empty(ran.Output);
        Assert.Equal(
            "attune: There is no model at '/nowhere/Model.mlmodel': the folder does not exist.\n", ran.Error);
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_one_sentence()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Tool("inspect", folder.Write("Model.mlmodel", "This is a text, and no model at all."));

        Assert.Equal(1, ran.ExitCode);
        Assert.Single(ran.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_not_written_where_there_is_no_folder()
    {
        using var folder = new TemporaryFolder();
        string model = Models.Line().Save(folder);

        Ran ran = await Ran.Tool("inspect", model, "--html", folder.Place("missing/page.html"));

        Assert.Equal(1, ran.ExitCode);
        ran.Tells("the folder that should hold it is missing");
    }

    [Fact]
    public void A_process_returns_the_exit_codes_and_writes_no_colours_into_a_pipe()
    {
        using var folder = new TemporaryFolder();
        string model = Models.Digits().Save(folder);
        var environment = new Dictionary<string, string> { ["NO_COLOR"] = "1", ["TERM"] = "xterm-256color" };

        Ran done = Ran.Process(environment, "inspect", model);
        Ran failed = Ran.Process(environment, "inspect", folder.Place("Other.mlmodel"));
        Ran wrong = Ran.Process(environment, "inspect");

        Assert.Equal([0, 1, 2], [done.ExitCode, failed.ExitCode, wrong.ExitCode]);
        Assert.DoesNotContain('\u001b', done.Output);
        Assert.DoesNotContain(done.Lines, line => line.Length > 80);
    }

    [Fact]
    public void A_pipe_takes_its_width_from_COLUMNS()
    {
        using var folder = new TemporaryFolder();
        string model = Models.Digits().Save(folder);

        Ran narrow = Ran.Process(new Dictionary<string, string> { ["COLUMNS"] = "40" }, "inspect", model);

        Assert.DoesNotContain(
            narrow.Lines, line => line.Length > 40 && !line.Contains(model, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_from_files_cannot_steer_a_terminal()
    {
        using var folder = new TemporaryFolder();
        string model = Models.Line().Author("\u001b[2J[red]nobody[/]").Save(folder);

        Ran ran = await Ran.Done("inspect", model);

        ran.Shows("\ufffd[2J[red]nobody[/]");
        Assert.DoesNotContain('\u001b', ran.Output);
    }
}
