namespace Attune.Build;

internal enum DiagnosticSeverity
{
    Info,
    Warning,
    Error,
}

/// <summary>One finding about a model file, as the build and the command line tool print it.</summary>
/// <param name="Id"><c>ATTUNE</c> and three digits.</param>
/// <param name="Severity">Errors stop the build.</param>
/// <param name="File">The model file.</param>
/// <param name="Message">Full sentences.</param>
internal sealed record Diagnostic(string Id, DiagnosticSeverity Severity, string File, string Message);

/// <summary>Every finding there is.</summary>
internal static class Diagnostics
{
    public static Diagnostic FileMissing(string file) => Error("ATTUNE001", file,
        $"There is no model '{Text.OneLine(file)}'. Correct the Include of the AttuneModel item.");

    public static Diagnostic FileBroken(string file, string reason) => Error("ATTUNE002", file,
        $"The file cannot be read as a Core ML model: {reason} Get or convert the model again.");

    public static Diagnostic WrongKind(string file) => Error("ATTUNE003", file,
        "AttuneModel takes a .mlmodel file or a .mlpackage directory. "
        + "A compiled .mlmodelc is no source: include the model that it was compiled from.");

    public static Diagnostic NoFeatures(string file, string kind) => Error("ATTUNE004", file,
        $"The model describes no {kind}, so there is nothing to make a class of. "
        + "Convert the model again, or load it with MLModel.Load without an AttuneModel item.");

    public static Diagnostic TooManyFeatures(string file, string kind, int count, int most) => Error("ATTUNE005", file,
        $"A class takes at most {most} {kind}; the model describes {count}. "
        + "Load it with MLModel.Load without an AttuneModel item.");

    public static Diagnostic UnknownType(string file, string feature) => Warning("ATTUNE006", file,
        $"Feature '{Text.OneLine(feature)}' has a type that is not known here; "
        + "its property holds the plain MLFeatureValue.");

    public static Diagnostic NoTrainingInputs(string file) => Warning("ATTUNE007", file,
        "The model is marked updatable but describes no training inputs, so the class gets no UpdateAsync. "
        + "Convert it again with its training inputs.");

    public static Diagnostic SameClass(string file, string className, string other) => Error("ATTUNE008", file,
        $"Class '{className}' is made from '{Text.OneLine(other)}' already. "
        + "Give one of the AttuneModel items another ClassName or Namespace.");

    public static Diagnostic SameTarget(string file, string target, string other) => Error("ATTUNE009", file,
        $"The output folder's '{Text.OneLine(target)}' is taken by '{Text.OneLine(other)}' already. "
        + "Give one of the AttuneModel items another Link.");

    public static Diagnostic UnknownAccessibility(string file, string accessibility) => Error("ATTUNE010", file,
        $"Accessibility of an AttuneModel item takes public or internal; got '{Text.OneLine(accessibility)}'.");

    public static Diagnostic NamedAsNamespace(string file, string name, string inNamespace) => Warning(
        "ATTUNE011", file,
        $"Class '{name}' is named as a part of its namespace '{inNamespace}'; code may mean the namespace. "
        + "Give the AttuneModel item another ClassName or Namespace.");

    public static Diagnostic NameChanged(string file, string kind, string name, string identifier) => new(
        "ATTUNE012", DiagnosticSeverity.Info, file,
        $"{kind} '{Text.OneLine(name)}' is named '{identifier}' in C#.");

    private static Diagnostic Error(string id, string file, string message) =>
        new(id, DiagnosticSeverity.Error, file, message);

    private static Diagnostic Warning(string id, string file, string message) =>
        new(id, DiagnosticSeverity.Warning, file, message);
}
