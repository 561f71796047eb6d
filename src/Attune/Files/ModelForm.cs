namespace Attune.Files;

/// <summary>The forms in which a model lies on a disk.</summary>
internal enum ModelForm
{
    /// <summary>One file, <c>.mlmodel</c>.</summary>
    File,

    /// <summary>A folder with a manifest, <c>.mlpackage</c>.</summary>
    Package,

    /// <summary>Our own folder for fast loading, <c>.mlmodelc</c>.</summary>
    Compiled,
}

internal static class ModelForms
{
    /// <summary>The form that the extension of a path asks for.</summary>
    /// <exception cref="ArgumentException">Another extension.</exception>
    public static ModelForm ToSave(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".MLMODEL" => ModelForm.File,
        ".MLPACKAGE" => ModelForm.Package,
        ".MLMODELC" => ModelForm.Compiled,
        _ => throw new ArgumentException(
            $"A model is saved as .mlmodel, .mlpackage or .mlmodelc; got '{path}'.", nameof(path)),
    };

    /// <summary>The full path, without separators at its end.</summary>
    public static string FullPath(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }
}
