using System.Text.RegularExpressions;
using System.Xml.Linq;

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
    public void Blocks_are_ones_that_a_test_looks_at()
    {
        // Swift is compiled by nobody here; blocks without a language are commands and what they print, or drawings.
        string[] languages = ["", "csharp", "xml", "swift"];

        Assert.Empty(
            from page in DocumentationPages.All()
            from Match fence in Fence().Matches(page.Text).Where((_, index) => index % 2 == 0)
            where fence.Groups[1].Length > 0 || !languages.Contains(fence.Groups[2].Value)
                || (fence.Groups[2].Value == "swift" && Path.GetFileName(page.Path) != "swift.md")
            select $"{page.Path}: '{fence.Value}'");
    }

    [Fact]
    public void Xml_is_well_formed_and_its_items_are_ours_or_the_sdks()
    {
        string[] parts =
        [
            .. from page in DocumentationPages.All()
               from Match block in Xml().Matches(page.Text)
               from part in XElement.Parse($"<Project>{block.Groups[1].Value}</Project>").Elements().Elements()
               select part.Name.LocalName,
        ];

        Assert.Contains("AttuneModel", parts);
        Assert.Empty(parts.Except(["AttuneModel", "PackageReference", "RestoreAdditionalProjectSources"]));
    }

    [Fact]
    public void The_version_in_the_documentation_is_that_of_the_packages()
    {
        string version = $"{typeof(MLModel).Assembly.GetName().Version!.ToString(3)}";

        string[] told =
        [
            .. from page in DocumentationPages.All()
               from Match match in Version().Matches(page.Text)
               select match.Groups[1].Value,
        ];

        Assert.NotEmpty(told);
        Assert.All(told, one => Assert.Equal(version, one));
    }

    [Fact]
    public void Commands_name_projects_that_exist()
    {
        string[] projects =
        [
            .. from page in DocumentationPages.All()
               from Match command in Project().Matches(page.Text)
               select command.Groups[1].Value,
        ];

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.True(Directory.Exists(Path.Combine(Repository.Root, project)), project));
    }

    [Fact]
    public void Every_page_is_on_the_list_of_the_readme()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(Path.GetFileName),
            name => !readme.Contains($"](docs/{name})", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Path, string Text)> Blocks() =>
        from page in DocumentationPages.All()
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

    [GeneratedRegex(@"^( *)```(.*)$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^```xml\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Xml();

    [GeneratedRegex(@"Include=""Attune[.\w]*"" Version=""([^""]*)""")]
    private static partial Regex Version();

    [GeneratedRegex(@"^dotnet (?:run|test|pack|build) .*?((?:src|samples|tests|bench)/[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Project();

    [GeneratedRegex(@"^ *#region (\S+)\n(.*?)^ *#endregion", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();
}
