namespace Attune.Build;

/// <summary>What the caller, not the model, decides about a class.</summary>
internal sealed record ClassOptions
{
    /// <summary>The model file's name, as the header of the generated code shows it.</summary>
    public string ModelFile { get; init; } = "";

    /// <summary>Wished class name, any text; empty: from the file's name.</summary>
    public string ClassName { get; init; } = "";

    /// <summary>Any text; its parts are made valid. Empty: no namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Of the classes: <c>public</c> or <c>internal</c>.</summary>
    public string Accessibility { get; init; } = "public";

    /// <summary>Where the model lies below the application's folder, with either slash.</summary>
    public string RelativePath { get; init; } = "";
}

/// <summary>Generated code and the names that were chosen in it.</summary>
/// <param name="Text">The C# file.</param>
/// <param name="Namespace">As declared; empty for none.</param>
/// <param name="ClassName">Of the model's class.</param>
/// <param name="TypeNames">All classes in the file.</param>
/// <param name="Renamed">Names from the file that are no C# names, and what they became.</param>
internal sealed record GeneratedClass(
    string Text, string Namespace, string ClassName, IReadOnlyList<string> TypeNames, IReadOnlyList<Renaming> Renamed);

/// <param name="Kind"><c>Class</c> or <c>Feature</c>.</param>
/// <param name="Name">As in the file.</param>
/// <param name="Identifier">In C#.</param>
internal sealed record Renaming(string Kind, string Name, string Identifier);
