using System.Reflection;

namespace Attune.Build.Tests;

/// <summary>What the project file knows about places.</summary>
internal static class Paths
{
    /// <summary>The folder of Attune.Build, with a slash at the end.</summary>
    public static string BuildTaskFolder => Metadata("BuildTaskFolder");

    public static string BuildTask => Metadata("BuildTask");

    public static string Snapshots => Metadata("Snapshots");

    public static string Library => typeof(MLFeatureValue).Assembly.Location;

    private static string Metadata(string key) => typeof(Paths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
