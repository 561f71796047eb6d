namespace Attune.Files;

/// <summary>What stands at a path: which form of a model, and where its parts are.</summary>
internal sealed class ModelSource
{
    private const int BufferBytes = 1; // whoever reads models does so in large steps

    /// <summary>The full path that was opened.</summary>
    public required string Path { get; init; }

    public required ModelForm Form { get; init; }

    /// <summary>The file with the specification.</summary>
    public required string SpecificationPath { get; init; }

    /// <summary>
    /// The file with the weights of a compiled model; null in other forms, whose specification holds them.
    /// </summary>
    public string? WeightsPath { get; init; }

    /// <summary>What belongs to the model beside its specification.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The folder that ML programs call <c>@model_path</c>: attachments lie in it.</summary>
    public string ModelFolder { get; init; } = "";

    /// <summary>Finds the model at a path.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="MLModelFormatException">The folder holds no model, or its manifest is wrong.</exception>
    /// <exception cref="MLModelNotSupportedException">The folder is a compiled model of Apple's.</exception>
    public static ModelSource Open(string path)
    {
        string full = ModelForms.FullPath(path);
        if (File.Exists(full))
            return OpenFile(full);
        if (!Directory.Exists(full))
            throw Missing(full);
        if (File.Exists(System.IO.Path.Combine(full, CompiledManifest.FileName)))
            return CompiledFolder.Open(full);
        if (File.Exists(System.IO.Path.Combine(full, PackageManifest.FileName)))
            return PackageFolder.Open(full);
        if (File.Exists(System.IO.Path.Combine(full, "coremldata.bin")))
            throw new MLModelNotSupportedException(
                $"'{full}' was compiled by Apple's tools, in a form that only Apple's systems read. "
                + "Load the .mlmodel or .mlpackage that it was compiled from.");
        throw new MLModelFormatException(
            $"The folder '{full}' is no model: it has neither a {PackageManifest.FileName} "
            + $"nor an {CompiledManifest.FileName}.",
            full);
    }

    /// <summary>Opens the specification for reading. It may be replaced or deleted meanwhile.</summary>
    public FileStream OpenSpecification() => new(
        SpecificationPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);

    private static ModelSource OpenFile(string full) => new()
    {
        Path = full,
        Form = ModelForm.File,
        SpecificationPath = full,
        ModelFolder = System.IO.Path.GetDirectoryName(full)!,
    };

    private static IOException Missing(string full)
    {
        bool isFolder = System.IO.Path.GetExtension(full).ToUpperInvariant() is ".MLPACKAGE" or ".MLMODELC";
        string? folder = System.IO.Path.GetDirectoryName(full);
        if (isFolder || (folder is not null && !Directory.Exists(folder)))
            return new DirectoryNotFoundException($"There is no model at '{full}': the folder does not exist.");
        return new FileNotFoundException($"There is no model at '{full}': the file does not exist.", full);
    }
}
