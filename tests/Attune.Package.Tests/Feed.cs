namespace Attune.Package.Tests;

/// <summary>Whether packages can be fetched here.</summary>
internal static class Feed
{
    // NU1301: a source cannot be reached. NU1101: a package is in none of the sources, NU1102: not in this version.
    private static readonly string[] Signs = ["error NU1301", "error NU1101", "error NU1102"];

    /// <summary>
    /// Why a command failed if it was for want of a package; null otherwise, and in CI, which may leave no test out.
    /// </summary>
    public static string? Absence(Command command)
    {
        if (command.ExitCode == 0 || Environment.GetEnvironmentVariable("CI") == "true")
            return null;
        string? line = command.Text.Split('\n').FirstOrDefault(line => Signs.Any(line.Contains));
        // Packages of our own that cannot be found are a mistake of ours.
        return line is null || line.Contains("package Attune", StringComparison.Ordinal)
            ? null
            : $"Packages cannot be fetched here: {line.Trim()}";
    }

    /// <summary>Skips the test if a command failed for want of a package; fails it if it failed otherwise.</summary>
    public static string SucceededOrSkipped(this Command command)
    {
        string? absence = Absence(command);
        Skip.If(absence is not null, absence);
        return command.Succeeded();
    }
}
