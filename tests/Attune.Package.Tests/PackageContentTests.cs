using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace Attune.Package.Tests;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Collection(nameof(Packages))]
public sealed class PackageContentTests(Packages packages)
{
    private static readonly string[] Names = ["Attune", "Attune.Authoring", "Attune.DependencyInjection", "Attune.Cli"];

    public static TheoryData<string> All => [.. Names];

    public static TheoryData<string> Libraries => [.. Names.Except(["Attune.Cli"])];

    [SkippableTheory]
    [MemberData(nameof(All))]
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
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_documentation(string name)
    {
        packages.Require();
        using ZipArchive package = ZipFile.OpenRead(packages.File(name));

        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.dll"));
        XElement[] members =
            [.. XDocument.Load(package.GetEntry($"lib/net10.0/{name}.xml")!.Open()).Descendants("member")];
        Assert.NotEmpty(members);
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Symbols_of_its_own_assemblies_stand_beside_it(string name)
    {
        packages.Require();
        using ZipArchive package = ZipFile.OpenRead(packages.File(name));
        using ZipArchive symbols = ZipFile.OpenRead(packages.File(name, "snupkg"));

        string[] own = [.. Assemblies(package).Where(path => IsOurs(path) && !IsTask(path))];
        Assert.NotEmpty(own);
        Assert.All(own, path => Assert.NotNull(symbols.GetEntry(Path.ChangeExtension(path, "pdb"))));
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Assemblies_of_others_are_named_in_its_notices(string name)
    {
        packages.Require();
        using ZipArchive package = ZipFile.OpenRead(packages.File(name));
        using var notices = new StreamReader(package.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open());
        string text = notices.ReadToEnd();

        string[] others = [.. Assemblies(package).Where(path => !IsOurs(path))];
        Assert.Equal(name is "Attune" or "Attune.Cli", others.Length > 0);
        Assert.All(
            others,
            path => Assert.Contains(Path.GetFileNameWithoutExtension(path), text, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void The_library_brings_the_build_task_and_all_that_it_needs()
    {
        packages.Require();
        using ZipArchive package = ZipFile.OpenRead(packages.File("Attune"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];

        string[] expected =
        [
            "build/Attune.props", "build/Attune.targets", "buildTransitive/Attune.props",
            "buildTransitive/Attune.targets",
        ];
        Assert.Empty(expected.Except(files));
        // Two of many, so that a task that refers to nothing does not pass for a whole one.
        IReadOnlySet<string> needs = BuildTask.Needs(package);
        Assert.Contains($"{BuildTask.Folder}Attune.Build.dll", needs);
        Assert.Contains($"{BuildTask.Folder}Google.Protobuf.dll", needs);
        Assert.Equal(needs.Order(), files.Where(IsTask).Order());
        Assert.DoesNotContain(files, file => file.StartsWith("runtimes/", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Packages_of_the_same_sources_hold_the_same_assemblies()
    {
        packages.Require();

        string again = packages.MakeAgain();

        foreach (string name in Names)
            Assert.Equal(Hashes(packages.File(name)), Hashes(Packages.FileIn(again, name)));
    }

    private static Dictionary<string, string> Hashes(string file)
    {
        using ZipArchive package = ZipFile.OpenRead(file);
        var hashes = new Dictionary<string, string>();
        foreach (string path in Assemblies(package))
        {
            using Stream assembly = package.GetEntry(path)!.Open();
            hashes[path] = Convert.ToHexString(SHA256.HashData(assembly));
        }
        Assert.NotEmpty(hashes);
        return hashes;
    }

    private static IEnumerable<string> Assemblies(ZipArchive package) =>
        from entry in package.Entries
        where Path.GetExtension(entry.FullName) == ".dll"
        select entry.FullName;

    private static bool IsOurs(string path) =>
        Path.GetFileName(path).StartsWith("Attune.", StringComparison.Ordinal);

    private static bool IsTask(string path) => path.StartsWith(BuildTask.Folder, StringComparison.Ordinal);
}
