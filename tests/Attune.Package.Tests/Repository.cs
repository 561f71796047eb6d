using System.Reflection;

namespace Attune.Package.Tests;

/// <summary>The repository that this build was made from.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "Repository").Value!;

    public static string Sample => Path.Combine(Root, "samples", "DigitPersonalization");

    public static string Project(string name) => Path.Combine(Root, "src", name, $"{name}.csproj");
}
