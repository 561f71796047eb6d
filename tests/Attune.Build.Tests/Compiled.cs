using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Attune.Build.Tests;

/// <summary>Compiles generated code against the library as a strict project would: no warning passes.</summary>
internal static class Compiled
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "Attune.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The warnings and errors of the compiler, C# 12.</summary>
    public static IReadOnlyList<string> Complaints(params string[] sources) =>
    [
        .. Compilation(sources).GetDiagnostics()
            .Where(finding => finding.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
            .Select(finding => finding.ToString()).Take(10),
    ];

    /// <summary>The types that the sources declare, without their namespaces.</summary>
    public static IEnumerable<string> DeclaredTypes(params string[] sources) => sources
        .SelectMany(source => CSharpSyntaxTree.ParseText(source, Options).GetRoot().DescendantNodes())
        .OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.ValueText);

    public static Assembly Load(params string[] sources)
    {
        using var stream = new MemoryStream();
        Assert.Empty(Compilation(sources).Emit(stream).Diagnostics.Where(finding => finding.WarningLevel == 0));
        stream.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(stream);
    }

    private static CSharpCompilation Compilation(string[] sources) => CSharpCompilation.Create(
        $"Generated{Guid.NewGuid():N}",
        sources.Select(source => CSharpSyntaxTree.ParseText(source, Options)),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999));

    private static readonly CSharpParseOptions Options =
        new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);
}
