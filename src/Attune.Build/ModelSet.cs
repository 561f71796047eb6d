namespace Attune.Build;

/// <summary>The models of one project: makes classes of them, and sees where two get in each other's way.</summary>
internal sealed class ModelSet
{
    private readonly Dictionary<string, string> modelByType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> modelByTarget = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The classes of one more model, or null after an error was added.</summary>
    public GeneratedClass? Generate(string path, ClassOptions options, ICollection<Diagnostic> diagnostics)
    {
        if (options.Accessibility is not ("public" or "internal"))
            diagnostics.Add(Diagnostics.UnknownAccessibility(path, options.Accessibility));
        CheckTarget(path, options.RelativePath, diagnostics);
        if (ModelInterfaceReader.Read(path, diagnostics) is not { } model)
            return null;
        GeneratedClass generated = ClassEmitter.Emit(model, options);
        foreach (Renaming renamed in generated.Renamed)
            diagnostics.Add(Diagnostics.NameChanged(path, renamed.Kind, renamed.Name, renamed.Identifier));
        if (generated.Namespace.Split('.').Contains(generated.ClassName))
            diagnostics.Add(Diagnostics.NamedAsNamespace(path, generated.ClassName, generated.Namespace));
        CheckTypes(path, generated, diagnostics);
        return diagnostics.Any(finding => finding.Severity == DiagnosticSeverity.Error) ? null : generated;
    }

    private void CheckTarget(string path, string target, ICollection<Diagnostic> diagnostics)
    {
        string normal = target.Replace('\\', '/');
        if (modelByTarget.TryGetValue(normal, out string? other))
            diagnostics.Add(Diagnostics.SameTarget(path, target, other));
        else
            modelByTarget.Add(normal, path);
    }

    private void CheckTypes(string path, GeneratedClass generated, ICollection<Diagnostic> diagnostics)
    {
        foreach (string type in generated.TypeNames)
        {
            string full = generated.Namespace.Length == 0 ? type : generated.Namespace + "." + type;
            if (modelByType.TryGetValue(full, out string? other))
            {
                diagnostics.Add(Diagnostics.SameClass(path, type, other));
                return;
            }
            modelByType.Add(full, path);
        }
    }
}
