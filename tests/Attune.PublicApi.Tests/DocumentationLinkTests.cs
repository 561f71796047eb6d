using System.Text.RegularExpressions;

namespace Attune.PublicApi.Tests;

/// <summary>Links between the pages of the documentation lead to pages, and to headings, that are there.</summary>
public sealed partial class DocumentationLinkTests
{
    [Fact]
    public void They_lead_to_a_file_or_folder()
    {
        (string Page, string Path, string Heading)[] links = [.. Links()];

        Assert.NotEmpty(links);
        Assert.DoesNotContain(links, link => !Path.Exists(link.Path));
    }

    [Fact]
    public void Those_with_a_heading_lead_to_one_of_the_page()
    {
        (string Page, string Path, string Heading)[] links = [.. Links().Where(link => link.Heading.Length > 0)];

        Assert.NotEmpty(links);
        Assert.DoesNotContain(links, link => !Headings(link.Path).Contains(link.Heading));
    }

    [Theory]
    [InlineData("## Reading and setting weights", "reading-and-setting-weights")]
    [InlineData("## 2. Make it updatable", "2-make-it-updatable")]
    [InlineData("### `Load`, what it's for", "load-what-its-for")]
    public void A_heading_is_named_as_those_who_show_the_pages_name_it(string heading, string name) =>
        Assert.Equal(name, NameOf(heading));

    private static IEnumerable<(string Page, string Path, string Heading)> Links() =>
        from page in DocumentationPages.All()
        from Match link in Link().Matches(WithoutCode(page.Text))
        let target = link.Groups[1].Value.Split('#')
        where !target[0].Contains("://", StringComparison.Ordinal)
        let path = target[0].Length == 0 ? page.Path : Path.Combine(Path.GetDirectoryName(page.Path)!, target[0])
        select (page.Path, Path.GetFullPath(path), target.Length > 1 ? target[1] : "");

    private static HashSet<string> Headings(string path) =>
    [
        .. from line in WithoutCode(File.ReadAllText(path)).Split('\n')
           where line.StartsWith('#')
           select NameOf(line),
    ];

    // Letters in lower case, hyphens for spaces, and nothing of the rest.
    private static string NameOf(string heading) =>
        Rest().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutCode(string text) => Code().Replace(text.ReplaceLineEndings("\n"), "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Rest();
}
