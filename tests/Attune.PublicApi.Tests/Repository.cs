namespace Attune.PublicApi.Tests;

/// <summary>The repository that this build was made from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution; found from where the tests run.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Attune.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException(
            $"The tests take the repository above '{AppContext.BaseDirectory}'; there is no Attune.slnx.");
    }
}
