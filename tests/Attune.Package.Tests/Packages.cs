namespace Attune.Package.Tests;

/// <summary>
/// The packages, made once for all tests by the commands of docs/packages.md. They are made of a copy of the sources:
/// other tests read the repository's own output at the same time.
/// </summary>
public sealed class Packages : IDisposable
{
    // As where packages are released. What the analyzers have to say is said where the repository itself is built.
    private static readonly Dictionary<string, string> Release =
        new() { ["CI"] = "true", ["RunAnalyzers"] = "false", ["NuGetAudit"] = "false" };

    private readonly string? absence;

    public Packages()
    {
        Root = Directory.CreateTempSubdirectory("attune-packages-").FullName;
        (Folder, absence) = Make("clone");
    }

    /// <summary>Holds all that these tests write.</summary>
    public string Root { get; }

    /// <summary>Holds the packages alone: a source to install from.</summary>
    public string Folder { get; }

    /// <summary>Skips the test, and tells why, where packages cannot be fetched.</summary>
    public void Require() => Skip.If(absence is not null, absence);

    public string File(string name, string extension = "nupkg") => FileIn(Folder, name, extension);

    /// <summary>Makes the packages once more, of another copy.</summary>
    /// <returns>The folder that holds them.</returns>
    internal string MakeAgain() => Make("again").Folder;

    internal static string FileIn(string folder, string name, string extension = "nupkg") =>
        Directory.GetFiles(folder, $"{name}.?.*.{extension}").Single();

    /// <summary>
    /// A new folder outside the repository, which installs from the packages and the machine's own sources.
    /// </summary>
    internal string NewFolder(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
        // Added to the sources that are configured already; what was fetched before is not used again.
        System.IO.File.WriteAllText(Path.Combine(folder, "NuGet.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(Root, "installed")}" />
              </config>
              <packageSources>
                <add key="attune-just-packed" value="{Folder}" />
              </packageSources>
            </configuration>
            """);
        return folder;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private (string Folder, string? Absence) Make(string name)
    {
        string clone = Path.Combine(Root, name);
        string folder = Path.Combine(clone, "packages");
        Sources.CopyTo(clone);
        foreach (string[] arguments in Sources.PackCommands)
        {
            Command pack = Command.DotNet(clone, Release, arguments);
            if (Feed.Absence(pack) is { } absence)
                return (folder, absence);
            pack.Succeeded();
        }
        return (folder, null);
    }
}

/// <summary>Tests that share the packages; one at a time, for each keeps the processors busy.</summary>
[CollectionDefinition(nameof(Packages))]
public sealed class PackagesInTests : ICollectionFixture<Packages>;
