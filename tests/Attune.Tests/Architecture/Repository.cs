namespace Attune.Tests.Architecture;

/// <summary>The repository that this build was made from, for tests that read its texts.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The full path of a place in the repository.</summary>
    public static string Place(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// Files of some folders, by their paths from the root with forward slashes, in order; nothing that a build made.
    /// </summary>
    public static IEnumerable<(string Path, string Text)> Files(string pattern, params string[] folders) =>
        folders
            .SelectMany(folder => Directory.EnumerateFiles(Place(folder), pattern, SearchOption.AllDirectories))
            .Select(file => (Relative: Path.GetRelativePath(Root, file).Replace('\\', '/'), File: file))
            .Where(file => !file.Relative.Split('/').Any(part => part is "bin" or "obj"))
            .OrderBy(file => file.Relative, StringComparer.Ordinal)
            .Select(file => (file.Relative, File.ReadAllText(file.File)));

    /// <summary>
    /// Compares a text of the repository with what it should be; with <c>ATTUNE_ACCEPT=1</c> in the environment it is
    /// written instead.
    /// </summary>
    public static void RequireText(string path, string expected)
    {
        string place = Place(path);
        if (Environment.GetEnvironmentVariable("ATTUNE_ACCEPT") == "1")
            File.WriteAllText(place, expected);
        string actual = File.Exists(place) ? File.ReadAllText(place).ReplaceLineEndings("\n") : "";
        string? difference = FirstDifference(expected.Split('\n'), actual.Split('\n'));
        Assert.True(
            difference is null,
            $"{path} is stale: {difference} Run the tests with ATTUNE_ACCEPT=1 in the environment, and " +
            "review the change.");
    }

    private static string? FirstDifference(string[] expected, string[] actual)
    {
        for (int i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            string wanted = i < expected.Length ? expected[i] : "(nothing)";
            string got = i < actual.Length ? actual[i] : "(nothing)";
            if (wanted != got)
                return $"line {i + 1} should be '{wanted}'; it is '{got}'.";
        }
        return null;
    }

    // From where the tests run, not from where they were compiled: builds for release write no paths of this machine.
    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Attune.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException(
            $"The tests take the repository above '{AppContext.BaseDirectory}'; there is no Attune.slnx.");
    }
}
