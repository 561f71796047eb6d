using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Attune.Cli.Tests;

/// <summary>The tool on a terminal of 80 columns, which the program <c>script</c> makes.</summary>
public sealed partial class TerminalTests
{
    [SkippableTheory]
    [InlineData("")]
    [InlineData("1")]
    public async Task A_bar_moves_in_one_line_and_has_colours_unless_NO_COLOR_is_set(string noColour)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "There is no script of util-linux.");
        using var folder = new TemporaryFolder();

        string shown = await OnTerminalAsync(
            noColour,
            $"update '{Models.Digits().Save(folder)}' --data '{Models.DigitImages}' --epochs 60 --holdout 0.2 "
            + $"--out '{folder.Place("Mine.mlmodel")}'");

        Assert.Equal(noColour.Length == 0, Colour().IsMatch(shown));
        string[] lines = [.. Escape().Replace(shown, "").Split('\r', '\n').Select(line => line.TrimEnd())];
        Assert.DoesNotContain(lines, line => line.Length > 80 && !line.StartsWith("Wrote ", StringComparison.Ordinal));
        Assert.Contains(lines, line => Moving().IsMatch(line));
        Assert.Contains(lines, line => line.StartsWith("Trained after 60 epochs ", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("1")]
    public async Task Headings_stand_out_unless_NO_COLOR_is_set(string noColour)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "There is no script of util-linux.");
        using var folder = new TemporaryFolder();

        string shown = await OnTerminalAsync(noColour, $"inspect '{Models.Digits().Save(folder)}'");

        Assert.Equal(noColour.Length == 0, Colour().IsMatch(shown));
    }

    private static async Task<string> OnTerminalAsync(string noColour, string command)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "Attune.Cli.dll");
        var start = new ProcessStartInfo(
            "/usr/bin/script", ["-qec", $"stty cols 80 rows 24; dotnet '{tool}' {command}", "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        if (noColour.Length > 0)
            start.Environment["NO_COLOR"] = noColour;
        using Process process = Process.Start(start)!;
        string shown = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, shown);
        return shown;
    }

    [GeneratedRegex(@"━*─*  epoch [ \d]\d/60  loss .{7}  \d+:\d\d left  held out \d+\.\d %  [\d,]+/s$")]
    private static partial Regex Moving();

    [GeneratedRegex(@"\u001b\[[0-9;]*m")]
    private static partial Regex Colour();

    [GeneratedRegex(@"\u001b(\[[0-9;?]*[A-Za-z]|=|>)")]
    private static partial Regex Escape();
}
