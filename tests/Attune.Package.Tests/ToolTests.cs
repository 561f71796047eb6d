using System.Text.Json;

namespace Attune.Package.Tests;

/// <summary>The tool, installed from its package into a folder of its own.</summary>
[Collection(nameof(Packages))]
public sealed class ToolTests(Packages packages)
{
    private static readonly string Model = Path.Combine(Repository.Sample, "UpdatableMNISTDigitClassifier.mlmodel");

    private static readonly string Seven = Path.Combine(Repository.Sample, "Samples", "7_0.png");

    [SkippableFact]
    public void It_is_installed_and_works()
    {
        packages.Require();
        string folder = packages.NewFolder("tool");
        Command.DotNet(
            folder, "tool", "install", "Attune.Cli", "--tool-path", "bin", "--prerelease", "--ignore-failed-sources")
            .Succeeded();
        string attune = Path.Combine(folder, "bin", Command.ProgramFile("attune"));

        string inspected = Command.Run(folder, attune, "inspect", Model, "--json").Succeeded();
        string predicted = Command.Run(folder, attune, "predict", Model, Seven).Succeeded();
        Command mistaken = Command.Run(folder, attune, "inspect");

        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(inspected).RootElement.ValueKind);
        Assert.Contains("7", predicted, StringComparison.Ordinal);
        Assert.Equal(2, mistaken.ExitCode);
    }
}
