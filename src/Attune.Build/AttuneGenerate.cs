using System.Text;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Attune.Build;

/// <summary>
/// The build task behind AttuneModel items: writes typed classes for each model. The targets decide whether it runs.
/// </summary>
public sealed class AttuneGenerate : Task
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// The models, with the metadata TargetPath (where the model lies in the output folder), GeneratedFile, and, if
    /// wished, Namespace, ClassName and Accessibility.
    /// </summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The namespace of models that name none.</summary>
    public string RootNamespace { get; set; } = "";

    /// <summary>Writes the files; false after an error, which is logged with the model's name.</summary>
    public override bool Execute()
    {
        var set = new ModelSet();
        foreach (ITaskItem item in Models)
        {
            var findings = new List<Diagnostic>();
            GeneratedClass? generated = set.Generate(item.ItemSpec, Options(item), findings);
            findings.ForEach(Report);
            if (generated is not null)
                Write(item.GetMetadata("GeneratedFile"), generated.Text);
        }
        return !Log.HasLoggedErrors;
    }

    private ClassOptions Options(ITaskItem item)
    {
        string Or(string metadata, string otherwise) =>
            item.GetMetadata(metadata) is { Length: > 0 } value ? value : otherwise;

        return new ClassOptions
        {
            ModelFile = Path.GetFileName(item.ItemSpec.TrimEnd('/', '\\')),
            ClassName = item.GetMetadata("ClassName"),
            Namespace = Or("Namespace", RootNamespace),
            Accessibility = Or("Accessibility", "public"),
            RelativePath = item.GetMetadata("TargetPath"),
        };
    }

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, text, Utf8);
    }

    private void Report(Diagnostic finding)
    {
        string file = finding.File;
        if (finding.Severity == DiagnosticSeverity.Error)
            Log.LogError(null, finding.Id, null, file, 0, 0, 0, 0, "{0}", finding.Message);
        else if (finding.Severity == DiagnosticSeverity.Warning)
            Log.LogWarning(null, finding.Id, null, file, 0, 0, 0, 0, "{0}", finding.Message);
        else
            Log.LogMessage(null, finding.Id, null, file, 0, 0, 0, 0, MessageImportance.Normal, "{0}", finding.Message);
    }
}
