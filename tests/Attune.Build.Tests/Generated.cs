namespace Attune.Build.Tests;

/// <summary>From model to code by way of a real file.</summary>
internal static class Generated
{
    public static GeneratedClass From(TestModel model, ClassOptions? options = null)
    {
        (GeneratedClass? generated, IReadOnlyList<Diagnostic> findings) = Try(model.ToBytes(), options);
        Assert.DoesNotContain(findings, finding => finding.Severity == DiagnosticSeverity.Error);
        return generated!;
    }

    public static (GeneratedClass? Generated, IReadOnlyList<Diagnostic> Findings) Try(
        byte[] bytes, ClassOptions? options = null, string file = "Model file.mlmodel")
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write(file, bytes);
        var findings = new List<Diagnostic>();
        options ??= new ClassOptions { ModelFile = file, RelativePath = file, Namespace = "My.App" };
        return (new ModelSet().Generate(path, options, findings), findings);
    }
}
