using Attune.Build;

namespace Attune.Cli.Generation;

/// <summary>Which classes to make.</summary>
internal sealed record GenerateOptions
{
    public required string Model { get; init; }

    public string Namespace { get; init; } = "";

    /// <summary>Empty: from the file's name.</summary>
    public string ClassName { get; init; } = "";

    public bool IsInternal { get; init; }
}

/// <summary>The classes that were made.</summary>
internal sealed record GeneratedReport(
    string ClassName, string Namespace, IReadOnlyList<string> Types, IReadOnlyList<string> Remarks, string Code);

/// <summary>Makes typed classes of a model, as builds do for AttuneModel items.</summary>
internal static class Generator
{
    public static GeneratedReport Generate(GenerateOptions options)
    {
        string file = Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Model));
        var findings = new List<Diagnostic>();
        GeneratedClass? generated = new ModelSet().Generate(
            options.Model,
            new ClassOptions
            {
                ModelFile = file,
                ClassName = options.ClassName,
                Namespace = options.Namespace,
                Accessibility = options.IsInternal ? "internal" : "public",
                RelativePath = file,
            },
            findings);
        if (generated is null)
            throw new ToolException(string.Join(' ', findings
                .Where(finding => finding.Severity == DiagnosticSeverity.Error)
                .Select(finding => finding.Message)));
        return new GeneratedReport(
            generated.ClassName,
            generated.Namespace,
            generated.TypeNames,
            [.. findings.Select(finding => finding.Message)],
            generated.Text);
    }
}
