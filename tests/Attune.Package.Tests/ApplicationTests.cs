using System.Runtime.InteropServices;

namespace Attune.Package.Tests;

/// <summary>The packages in a new project, as their user has them.</summary>
[Collection(nameof(Packages))]
public sealed class ApplicationTests(Packages packages)
{
    [SkippableFact]
    public void The_walk_through_runs_in_a_new_project()
    {
        packages.Require();
        var application = Application.Make(packages, "application");

        Command.DotNet(application.Folder, "build", "-c", "Release", "-o", "out").SucceededOrSkipped();

        application.Learns("dotnet", Path.Combine("out", $"{Application.Name}.dll"));
    }

    [SkippableFact]
    public void It_is_trimmed_without_a_warning_and_still_learns()
    {
        packages.Require();
        var application = Application.Make(packages, "trimmed");

        Command.DotNet(
            application.Folder, "publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
            "--self-contained", "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false", "-o", "out")
            .SucceededOrSkipped();

        string output = Path.Combine(application.Folder, "out");
        // Whole it has 15 MB and more.
        Assert.InRange(new FileInfo(Path.Combine(output, "System.Private.CoreLib.dll")).Length, 1, 8_000_000);
        application.Learns(Path.Combine(output, Command.ProgramFile(Application.Name)));
    }
}
