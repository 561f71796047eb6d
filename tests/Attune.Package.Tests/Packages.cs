namespace Attune.Package.Tests;

/// <summary>
/// The packages, made once for all tests. What is built on the way stands in a temporary folder: other tests read the
/// repository's own output at the same time.
/// </summary>
public sealed class Packages : IDisposable
{
    private static readonly string[] Names = ["Attune", "Attune.Authoring", "Attune.DependencyInjection", "Attune.Cli"];

    private readonly string? absence;

    public Packages()
    {
        Root = Directory.CreateTempSubdirectory("attune-packages-").FullName;
        foreach (string name in Names)
        {
            string[] arguments =
            [
                "pack", Repository.Project(name), "-c", "Release", "-p:RunAnalyzers=false",
                "-p:ContinuousIntegrationBuild=true", "-p:NuGetAudit=false",
                "--artifacts-path", Path.Combine(Root, "build"), "-o", Folder,
            ];
            Command pack = Command.DotNet(Repository.Root, arguments);
            absence ??= Feed.Absence(pack);
            if (absence is not null)
                return;
            pack.Succeeded();
        }
    }

    /// <summary>Holds all that these tests write.</summary>
    public string Root { get; }

    /// <summary>Holds the packages alone: a source to install from.</summary>
    public string Folder => Path.Combine(Root, "packages");

    /// <summary>Skips the test, and tells why, where packages cannot be fetched.</summary>
    public void Require() => Skip.If(absence is not null, absence);

    public string File(string name, string extension = "nupkg") =>
        Directory.GetFiles(Folder, $"{name}.?.*.{extension}").Single();

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
}

/// <summary>Tests that share the packages; one at a time, for each keeps the processors busy.</summary>
[CollectionDefinition(nameof(Packages))]
public sealed class PackagesInTests : ICollectionFixture<Packages>;
