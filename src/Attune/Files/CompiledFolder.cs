namespace Attune.Files;

/// <summary>Our own form for fast loading: specification and weights apart, the weights ready to be mapped.</summary>
internal static class CompiledFolder
{
    public const string MetadataName = "metadata.json";

    private const string SpecificationStem = "specification";
    private const string WeightsStem = "weights";
    private const string AttachmentsStem = "attachments";
    private const string Extension = ".bin";

    /// <summary>Finds the parts of a compiled model, and deletes what interrupted saves have left.</summary>
    /// <exception cref="MLModelFormatException">Its manifest is wrong.</exception>
    public static ModelSource Open(string folder)
    {
        CompiledManifest manifest = CompiledManifest.Read(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any(entry => IsLeftover(Path.GetFileName(entry), manifest)))
            CleanIfNobodySaves(folder);
        string path = Path.Combine(folder, CompiledManifest.FileName);
        return new ModelSource
        {
            Path = folder,
            Form = ModelForm.Compiled,
            SpecificationPath = FolderPath.Inside(folder, manifest.Specification, path),
            WeightsPath = FolderPath.Inside(folder, manifest.Weights, path),
            Attachments = manifest.Attachments,
            ModelFolder = manifest.AttachmentFolder.Length == 0
                ? folder
                : FolderPath.Inside(folder, manifest.AttachmentFolder, path),
        };
    }

    /// <summary>Saves a compiled model: whole and new at its place, or into the folder that is there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="content">Writes the parts.</param>
    /// <param name="attachments">What belongs to the model; copied.</param>
    /// <param name="after">Told of each step.</param>
    public static void Save(
        string path, CompiledContent content, IReadOnlyList<Attachment> attachments, Action<SaveStep>? after = null) =>
        FolderSave.Save(path, IsCompiled, (folder, added) => Fill(folder, added, content, attachments), after);

    private static bool IsCompiled(string folder) => File.Exists(Path.Combine(folder, CompiledManifest.FileName));

    private static void Fill(
        string folder, FolderContent added, CompiledContent content, IReadOnlyList<Attachment> attachments)
    {
        var manifest = new CompiledManifest(
            UniqueName.Of(SpecificationStem, Extension),
            UniqueName.Of(WeightsStem, Extension),
            attachments.Count == 0 ? "" : UniqueName.Of(AttachmentsStem, ""),
            attachments);
        AtomicFile.WriteNew(added.Add(Path.Combine(folder, manifest.Specification)), content.Specification);
        AtomicFile.WriteNew(added.Add(Path.Combine(folder, manifest.Weights)), content.Weights);
        foreach (Attachment attachment in attachments)
            attachment.CopyTo(added.Add(Path.Combine(folder, manifest.AttachmentFolder)));
        added.Commit(Path.Combine(folder, CompiledManifest.FileName), manifest.Write);

        // Only for people and tools to read: nothing depends on it, so it may come late.
        AtomicFile.Write(Path.Combine(folder, MetadataName), content.Metadata);
        Clean(folder, manifest);
        added.Cleaned();
    }

    // Who saves at this moment has files there that no manifest names yet.
    private static void CleanIfNobodySaves(string folder)
    {
        using FolderLock? held = FolderLock.TryTake(folder);
        if (held is not null)
            Clean(folder, CompiledManifest.Read(folder));
    }

    private static void Clean(string folder, CompiledManifest manifest) =>
        Leftovers.DeleteIn(folder, name => IsLeftover(name, manifest));

    private static bool IsLeftover(string name, CompiledManifest manifest) =>
        IsOurs(name) && name != manifest.Specification && name != manifest.Weights && name != manifest.AttachmentFolder;

    private static bool IsOurs(string name) =>
        UniqueName.IsOf(name, SpecificationStem, Extension)
        || UniqueName.IsOf(name, WeightsStem, Extension)
        || UniqueName.IsOf(name, AttachmentsStem, "")
        || UniqueName.IsBeside(name, CompiledManifest.FileName)
        || UniqueName.IsBeside(name, MetadataName);
}

/// <summary>Writes the parts of a compiled model.</summary>
internal sealed record CompiledContent(Action<Stream> Specification, Action<Stream> Weights, Action<Stream> Metadata);
