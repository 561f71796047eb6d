using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Attune.Cli.Tests;

/// <summary>What docs/tool.md shows is what the tool writes, but for numbers and the widths of columns.</summary>
public sealed partial class PageTests
{
    [Fact]
    public async Task The_page_shows_what_the_tool_writes()
    {
        using var folder = new TemporaryFolder();
        string page = Path.Combine(AppContext.BaseDirectory, "Page");
        string[] pieces = (await File.ReadAllTextAsync(Path.Combine(page, "tool.md"))).ReplaceLineEndings("\n")
            .Split("```\n");
        File.Copy(Path.Combine(page, "UpdatableMNISTDigitClassifier.mlmodel"), folder.Place("Digits.mlmodel"));
        File.Copy(Path.Combine(Models.DigitImages, "7_4.png"), folder.Place("seven.png"));
        Directory.CreateDirectory(folder.Place("Samples"));
        foreach (string image in Directory.GetFiles(Models.DigitImages, "*.png"))
            File.Copy(image, folder.Place($"Samples/{Path.GetFileName(image)}"));

        string[] shown =
            [.. pieces.Where((piece, i) => i % 2 == 1 && piece.StartsWith("$ attune ", StringComparison.Ordinal))];
        Assert.True(shown.Length >= 9, "The page shows every verb.");
        foreach (string block in shown)
        {
            int end = block.IndexOf('\n', StringComparison.Ordinal);
            string command = block["$ attune ".Length..end];
            (string[] known, string[] written) = (Lines(block[end..]), Lines(await RunAsync(folder, command)));
            // A page may end early, with dots.
            if (known.Contains("…"))
                Assert.Subset(written.ToHashSet(), known.Where(line => line != "…").ToHashSet());
            else
                Assert.True(known.SequenceEqual(written), $"attune {command} writes\n{string.Join('\n', written)}");
        }
    }

    /// <summary>Sorted, because what is no result goes another way; without numbers, units of time, frames.</summary>
    private static string[] Lines(string text) =>
    [
        .. text.Split('\n').Select(line => Varying().Replace(line, " ").Trim())
            .Select(line => Blanks().Replace(line, " ")).Where(line => line.Length > 0)
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<string> RunAsync(TemporaryFolder folder, string command)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "Attune.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [tool, .. command.Split(' ')])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("COLUMNS");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"attune {command}: {await error}");
        return $"{output}\n{await error}";
    }

    [GeneratedRegex(@"[\d.,]+(e[-+]?\d+)?( (µs|ms|s|min)\b)?|[█─]+")]
    private static partial Regex Varying();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
