namespace Attune.PublicApi.Tests;

/// <summary>The pages of the repository that are written for readers.</summary>
internal static class DocumentationPages
{
    /// <summary>Each page by its full path, with its text.</summary>
    public static IEnumerable<(string Path, string Text)> All() =>
        new[] { "README.md", "CONTRIBUTING.md" }
            .Select(name => Path.Combine(Repository.Root, name))
            .Concat(In("src", "PACKAGE.md")).Concat(In("docs", "*.md")).Concat(In("samples", "*.md"))
            .Select(path => (path, File.ReadAllText(path).ReplaceLineEndings("\n")));

    private static IEnumerable<string> In(string folder, string pattern) =>
        from path in Directory.EnumerateFiles(
            Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        select path;
}
