using System.Diagnostics;
using System.Text.Json;

namespace Attune.Cli.Tests;

/// <summary>What a run of the tool gave.</summary>
/// <param name="ExitCode">0 done, 1 failed, 2 wrong usage.</param>
/// <param name="Output">What it wrote as its result.</param>
/// <param name="Error">What it wrote beside that.</param>
internal sealed record Ran(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string[] Lines => Output.Split('\n');

    /// <summary>Asserts that the result has a text.</summary>
    public void Shows(string text) => Assert.Contains(text, Output, StringComparison.Ordinal);

    /// <summary>Asserts that what was written beside the result has a text.</summary>
    public void Tells(string text) => Assert.Contains(text, Error, StringComparison.Ordinal);

    /// <summary>Runs a command line in this process, with a console of 80 columns that is no terminal.</summary>
    public static async Task<Ran> Tool(params string[] args) => await Tool(80, args);

    public static async Task<Ran> Tool(int width, string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exitCode = await Cli.Tool.RunAsync(args, new Screen(output, error, width: width));
        return new Ran(
            exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>Runs a command line that has to succeed.</summary>
    public static async Task<Ran> Done(params string[] args)
    {
        Ran ran = await Tool(args);
        Assert.True(ran.ExitCode == 0, $"attune {string.Join(' ', args)}: {ran.Error}");
        return ran;
    }

    /// <summary>Runs a command line in a process of its own.</summary>
    public static Ran Process(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Attune.Cli.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = System.Diagnostics.Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Ran(process.ExitCode, output.ReplaceLineEndings("\n"), error.Result.ReplaceLineEndings("\n"));
    }
}
