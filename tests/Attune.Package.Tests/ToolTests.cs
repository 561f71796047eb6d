using System.Text.Json;

namespace Attune.Package.Tests;

/// <summary>The tool, installed in each of the ways that docs/packages.md names.</summary>
[Collection(nameof(Packages))]
public sealed class ToolTests(Packages packages)
{
    private static readonly string Model = Path.Combine(Repository.Sample, "UpdatableMNISTDigitClassifier.mlmodel");

    private static readonly string Seven = Path.Combine(Repository.Sample, "Samples", "7_0.png");

    [SkippableFact]
    public void Installed_into_a_folder_it_works()
    {
        packages.Require();
        string folder = packages.NewFolder("tool");
        Install(folder, "--tool-path", "bin");

        Works(arguments => Command.Run(
            folder, Path.Combine(folder, "bin", Command.ProgramFile("attune")), arguments));
    }

    [SkippableFact]
    public void Installed_for_a_user_it_works()
    {
        packages.Require();
        string folder = packages.NewFolder("user");
        Install(folder, "--global");

        string tools = Path.Combine(folder, "home", ".dotnet", "tools");
        Works(arguments => Command.Run(
            folder, Path.Combine(tools, Command.ProgramFile("attune")), arguments));
    }

    [SkippableFact]
    public void Installed_for_a_repository_it_works_and_is_restored_by_its_manifest()
    {
        packages.Require();
        string folder = packages.NewFolder("repository");
        DotNet(folder, "new", "tool-manifest").Succeeded();
        Install(folder);

        Works(arguments => DotNet(folder, ["attune", .. arguments]));

        string clone = packages.NewFolder("repository-of-another");
        string manifest = Directory.GetFiles(folder, "dotnet-tools.json", SearchOption.AllDirectories).Single();
        File.Copy(manifest, Path.Combine(clone, "dotnet-tools.json"));
        DotNet(clone, "tool", "restore", "--ignore-failed-sources").Succeeded();
        Assert.Contains("inspect", DotNet(clone, "attune", "--help").Succeeded(), StringComparison.Ordinal);
    }

    private void Install(string folder, params string[] where) =>
        DotNet(folder, ["tool", "install", .. where, "Attune.Cli", "--source", packages.Folder]).Succeeded();

    private static void Works(Func<string[], Command> attune)
    {
        string inspected = attune(["inspect", Model, "--json"]).Succeeded();
        string predicted = attune(["predict", Model, Seven]).Succeeded();
        Command mistaken = attune(["inspect"]);

        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(inspected).RootElement.ValueKind);
        Assert.Contains("7", predicted, StringComparison.Ordinal);
        Assert.Equal(2, mistaken.ExitCode);
    }

    // Somebody who has never used the SDK: what belongs to a user goes to a folder of the test.
    private static Command DotNet(string folder, params IEnumerable<string> arguments)
    {
        Dictionary<string, string> user = new()
        {
            ["DOTNET_CLI_HOME"] = Path.Combine(folder, "home"),
            ["DOTNET_NOLOGO"] = "true",
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        };
        return Command.DotNet(folder, user, arguments);
    }
}
