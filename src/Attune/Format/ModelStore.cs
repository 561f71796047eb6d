using Attune.Files;

namespace Attune.Format;

/// <summary>Opens models from a disk and saves them there, in any form.</summary>
internal static class ModelStore
{
    private const int Attempts = 3;

    /// <summary>
    /// Opens a <c>.mlmodel</c> file, a <c>.mlpackage</c> or a <c>.mlmodelc</c> that this library made.
    /// </summary>
    /// <exception cref="MLModelFormatException">It is no model, or damaged.</exception>
    /// <exception cref="MLModelNotSupportedException">It was compiled by Apple's tools.</exception>
    /// <exception cref="IOException">It does not exist or cannot be read.</exception>
    public static OpenedModel Open(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            ModelSource source = ModelSource.Open(path);
            try
            {
                return new OpenedModel(Read(source), source);
            }
            catch (FileNotFoundException) when (source.Form != ModelForm.File && attempt < Attempts)
            {
                // Somebody saved into the folder between the two readings; the manifest names other files now.
            }
        }
    }

    /// <summary>
    /// Saves a model in the form that the extension asks for; a crash leaves the old model or the new.
    /// </summary>
    /// <param name="path">Ends in <c>.mlmodel</c>, <c>.mlpackage</c> or <c>.mlmodelc</c>.</param>
    /// <param name="document">The model.</param>
    /// <param name="changes">What is different from the document.</param>
    /// <param name="origin">Where the document was opened: what belongs to it there is saved with it.</param>
    /// <param name="after">Told of each step.</param>
    /// <exception cref="ArgumentException">Another extension, or one that cannot hold the model.</exception>
    /// <exception cref="IOException">
    /// The folder does not exist, or the disk fails. What was there is as it was.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The place may not be written.</exception>
    public static void Save(
        string path,
        ModelDocument document,
        ModelChanges? changes = null,
        ModelSource? origin = null,
        Action<SaveStep>? after = null)
    {
        string full = ModelForms.FullPath(path);
        IReadOnlyList<Attachment> attachments = origin?.Attachments ?? [];
        switch (ModelForms.ToSave(full))
        {
            case ModelForm.File when attachments.Count > 0:
                throw new ArgumentException(
                    $"The model keeps '{attachments[0].RelativePath}' beside its specification; "
                    + $"one file cannot hold both. Save it as .mlpackage; got '{path}'.",
                    nameof(path));
            case ModelForm.File:
                AtomicFile.Write(full, stream => document.Write(stream, changes), after);
                break;
            case ModelForm.Package:
                PackageFolder.Save(full, stream => document.Write(stream, changes), attachments, after);
                break;
            default:
                SaveCompiled(full, document, changes ?? ModelChanges.None, attachments, after);
                break;
        }
    }

    private static ModelDocument Read(ModelSource source)
    {
        if (source.WeightsPath is null)
        {
            using FileStream stream = source.OpenSpecification();
            return ModelDocument.Read(stream);
        }
        using FileStream skeleton = source.OpenSpecification();
        return ModelDocument.ReadSkeleton(skeleton, CompiledWeights.Read(source.WeightsPath));
    }

    private static void SaveCompiled(
        string full,
        ModelDocument document,
        ModelChanges changes,
        IReadOnlyList<Attachment> attachments,
        Action<SaveStep>? after)
    {
        var content = new CompiledContent(
            stream => document.WriteSkeleton(stream, changes),
            stream => CompiledWeights.Write(stream, document.BlobsWith(changes)),
            stream => MetadataJson.Write(stream, document, changes, Path.GetFileNameWithoutExtension(full)));
        CompiledFolder.Save(full, content, attachments, after);
    }
}
