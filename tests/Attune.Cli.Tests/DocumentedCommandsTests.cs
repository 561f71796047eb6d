using System.CommandLine;
using System.Text.RegularExpressions;
using Attune.Cli.Verbs;

namespace Attune.Cli.Tests;

/// <summary>Commands that the documentation shows are ones that the tool takes.</summary>
public sealed partial class DocumentedCommandsTests
{
    private static readonly Command Tool = Cli.Tool.Root(new Screen(TextWriter.Null, TextWriter.Null));

    private static readonly HashSet<string> Options = [.. Tool.Subcommands.Append(Tool).SelectMany(Names)];

    [Fact]
    public void Whole_commands_are_understood()
    {
        (string Page, string Text)[] commands = [.. Found(Line())];

        Assert.InRange(commands.Length, 15, 1000);
        Assert.Empty(
            from command in commands
            from error in Tool.Parse(command.Text).Errors
            select $"{command.Page}: attune {command.Text}: {error.Message}");
    }

    [Fact]
    public void Commands_in_sentences_name_a_verb_and_its_options()
    {
        (string Page, string Text)[] commands = [.. Found(Inline())];

        Assert.NotEmpty(commands);
        Assert.DoesNotContain(commands, command => !IsKnown(command.Text));
    }

    [Fact]
    public void Options_in_sentences_exist()
    {
        // Other pages tell of options of other programs.
        string[] pages = ["docs/tool.md", "docs/personalise.md", "docs/errors.md", "docs/limits.md"];
        (string Page, string Text)[] options = [.. Found(Option()).Where(option => pages.Contains(option.Page))];

        Assert.InRange(options.Length, 10, 1000);
        Assert.DoesNotContain(options, option => !Options.Contains(option.Text));
    }

    [Fact]
    public void Every_verb_is_shown()
    {
        string[] shown = [.. Found(Line()).Select(command => command.Text.Split(' ')[0])];

        Assert.Empty(Tool.Subcommands.Select(verb => verb.Name).Except(shown));
    }

    [Fact]
    public void Examples_of_the_help_are_understood()
    {
        Assert.Empty(
            from verb in Tool.Subcommands.OfType<Verb>()
            from example in verb.Examples
            where Tool.Parse(example["attune ".Length..]).Errors.Count > 0
            select example);
    }

    private static bool IsKnown(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Tool.Subcommands.FirstOrDefault(verb => verb.Name == words[0]) is { } known
            && words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).All(Names(known).Contains);
    }

    private static IEnumerable<string> Names(Command command) =>
        command.Options.Concat(Tool.Options).SelectMany(option => option.Aliases.Append(option.Name));

    private static IEnumerable<(string Page, string Text)> Found(Regex what) =>
        from page in Pages()
        from Match match in what.Matches(page.Text)
        select (page.Page, match.Groups[1].Value);

    private static IEnumerable<(string Page, string Text)> Pages()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Attune.slnx")))
            root = Path.GetDirectoryName(root)!;
        return Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(["README.md", "CONTRIBUTING.md"])
            .Select(path => (
                Path.GetRelativePath(root, Path.Combine(root, path)).Replace('\\', '/'),
                File.ReadAllText(Path.Combine(root, path)).ReplaceLineEndings("\n")));
    }

    /// <summary>A line of its own: a command in a block.</summary>
    [GeneratedRegex(@"^(?:\$ )?attune ([a-z]+ .*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    /// <summary>A command between backticks.</summary>
    [GeneratedRegex(@"`attune ([a-z]+[^`\n]*)`")]
    private static partial Regex Inline();

    /// <summary>An option between backticks, alone or with its value.</summary>
    [GeneratedRegex(@"`(--[a-z-]+)[^`\n]*`")]
    private static partial Regex Option();
}
