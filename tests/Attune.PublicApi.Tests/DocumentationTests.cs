using System.Text.RegularExpressions;

namespace Attune.PublicApi.Tests;

/// <summary>The code in the documentation is compiled and run: each block is a region of a file of Snippets.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Code_is_as_it_is_compiled()
    {
        HashSet<string> regions = [.. Regions().Select(region => region.Text)];

        Assert.Empty(
            Blocks().Where(block => !regions.Contains(block.Text)).Select(block => $"{block.Path}: {block.Text}"));
    }

    [Fact]
    public void Every_region_is_shown_somewhere()
    {
        HashSet<string> blocks = [.. Blocks().Select(block => block.Text)];

        Assert.Empty(Regions().Where(region => !blocks.Contains(region.Text)).Select(region => region.Name));
    }

    [Fact]
    public void Links_lead_somewhere()
    {
        IEnumerable<string> broken =
            from page in Pages()
            from Match link in Link().Matches(page.Text)
            let target = link.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(page.Path)!, target))
            select $"{page.Path}: {target}";

        Assert.Empty(broken);
    }

    private static IEnumerable<(string Path, string Text)> Pages() =>
        new[] { "README.md", "CONTRIBUTING.md", "src/Attune/PACKAGE.md" }
            .Select(name => Path.Combine(Repository.Root, name))
            .Concat(Directory.EnumerateFiles(
                Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => (path, File.ReadAllText(path).ReplaceLineEndings("\n")));

    private static IEnumerable<(string Path, string Text)> Blocks() =>
        from page in Pages()
        from Match block in Block().Matches(page.Text)
        select (page.Path, block.Groups[1].Value.TrimEnd());

    private static IEnumerable<(string Name, string Text)> Regions() =>
        from path in Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "tests", "Attune.PublicApi.Tests", "Snippets"), "*.cs")
        from Match region in Region().Matches(File.ReadAllText(path).ReplaceLineEndings("\n"))
        select (region.Groups[1].Value, Unindented(region.Groups[2].Value));

    private static string Unindented(string text)
    {
        string[] lines = text.TrimEnd().Split('\n');
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart(' ').Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ *#region (\S+)\n(.*?)^ *#endregion", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
