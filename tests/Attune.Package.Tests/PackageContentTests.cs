using System.IO.Compression;
using System.Xml.Linq;

namespace Attune.Package.Tests;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Collection(nameof(Packages))]
public sealed class PackageContentTests(Packages packages)
{
    [SkippableTheory]
    [InlineData("Attune")]
    [InlineData("Attune.Authoring")]
    [InlineData("Attune.DependencyInjection")]
    [InlineData("Attune.Cli")]
    public void It_introduces_itself(string name)
    {
        packages.Require();
        using ZipArchive package = ZipFile.OpenRead(packages.File(name));
        XElement facts = XDocument.Load(package.GetEntry($"{name}.nuspec")!.Open()).Root!.Elements().First();

        string Fact(string element) => facts.Elements().Single(fact => fact.Name.LocalName == element).Value;

        Assert.Equal(name, Fact("id"));
        Assert.Equal("MIT", Fact("license"));
        Assert.Contains("coreml", Fact("tags"), StringComparison.Ordinal);
        Assert.NotEmpty(Fact("description"));
        Assert.NotEmpty(Fact("releaseNotes"));
        Assert.True(package.GetEntry(Fact("readme"))!.Length > 200);
        Assert.True(package.GetEntry(Fact("icon"))!.Length > 1000);
    }

    [SkippableTheory]
    [InlineData("Attune")]
    [InlineData("Attune.Authoring")]
    [InlineData("Attune.DependencyInjection")]
    public void A_library_has_its_documentation_and_symbols(string name)
    {
        packages.Require();
        using ZipArchive package = ZipFile.OpenRead(packages.File(name));
        using ZipArchive symbols = ZipFile.OpenRead(packages.File(name, "snupkg"));

        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.xml"));
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{name}.pdb"));
    }

    [SkippableFact]
    public void The_library_brings_the_build_task()
    {
        packages.Require();
        using ZipArchive package = ZipFile.OpenRead(packages.File("Attune"));

        string[] expected =
        [
            "build/Attune.props", "build/Attune.targets", "buildTransitive/Attune.props",
            "buildTransitive/Attune.targets", "tasks/netstandard2.0/Attune.Build.dll",
            "tasks/netstandard2.0/Google.Protobuf.dll",
        ];
        Assert.Empty(expected.Except(package.Entries.Select(entry => entry.FullName)));
        Assert.DoesNotContain(
            package.Entries, entry => entry.FullName.StartsWith("runtimes/", StringComparison.Ordinal));
    }
}
