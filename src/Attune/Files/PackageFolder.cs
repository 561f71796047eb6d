namespace Attune.Files;

/// <summary>Apple's package: a manifest, and below <c>Data</c> the specification and what belongs to it.</summary>
internal static class PackageFolder
{
    private const string ModelStem = "model";
    private const string ModelExtension = ".mlmodel";
    private const string ModelName = ModelStem + ModelExtension;
    private const string ModelDescription = "CoreML Model Specification";

    /// <summary>Finds the parts of a package.</summary>
    /// <exception cref="MLModelFormatException">Its manifest is wrong.</exception>
    public static ModelSource Open(string package)
    {
        PackageManifest manifest = PackageManifest.Read(package);
        string model = PathOf(package, manifest.Root);
        string folder = Path.GetDirectoryName(model)!;
        return new ModelSource
        {
            Path = package,
            Form = ModelForm.Package,
            SpecificationPath = model,
            ModelFolder = folder,
            // An empty weights folder is lost where packages travel as lists of files; the model does not miss it.
            Attachments =
            [
                .. manifest.Others
                    .Select(item => AttachmentOf(PathOf(package, item), item, folder))
                    .Where(attachment => Path.Exists(attachment.FullPath)),
            ],
        };
    }

    /// <summary>Saves a package: whole and new at its place, or into the package that is there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="specification">Writes the specification.</param>
    /// <param name="attachments">What belongs to the model; copied unless this package holds it already.</param>
    /// <param name="after">Told of each step.</param>
    public static void Save(
        string path,
        Action<Stream> specification,
        IReadOnlyList<Attachment> attachments,
        Action<SaveStep>? after = null) =>
        FolderSave.Save(path, IsPackage, (package, added) => Fill(package, added, specification, attachments), after);

    private static bool IsPackage(string folder) => File.Exists(Path.Combine(folder, PackageManifest.FileName));

    private static void Fill(
        string package, FolderContent added, Action<Stream> specification, IReadOnlyList<Attachment> attachments)
    {
        PackageManifest? old = IsPackage(package) ? PackageManifest.Read(package) : null;
        string data = Path.Combine(package, PackageManifest.DataFolder);
        string model = PlaceFor(package, old, attachments, out bool keepsAttachments);
        string modelFolder = model[..model.LastIndexOf('/')];
        string folder = Path.Combine(data, modelFolder);
        if (!Directory.Exists(folder))
            _ = Directory.CreateDirectory(added.Add(folder));
        AtomicFile.WriteNew(added.Add(Path.Combine(data, model)), specification);
        if (!keepsAttachments)
            foreach (Attachment attachment in attachments)
                attachment.CopyTo(folder);

        var root = new PackageItem(
            PackageManifest.NewIdentifier(), model, ModelName, PackageManifest.AppleAuthor, ModelDescription);
        var manifest = new PackageManifest(root, keepsAttachments ? old!.Others : [.. attachments.Select(Item)]);
        added.Commit(Path.Combine(package, PackageManifest.FileName), manifest.Write);
        Clean(package, old, manifest);
        added.Cleaned();

        PackageItem Item(Attachment of) => new(
            PackageManifest.NewIdentifier(), $"{modelFolder}/{of.RelativePath}", of.Name, of.Author, of.Description);
    }

    // ML programs find their weights beside the specification. So it stays in its folder where the package has the
    // right weights already; other weights come with a new folder, as the old ones count until the manifest is renamed.
    private static string PlaceFor(
        string package, PackageManifest? old, IReadOnlyList<Attachment> attachments, out bool keepsAttachments)
    {
        keepsAttachments = false;
        if (old is null)
            return $"{PackageManifest.AppleAuthor}/{ModelName}";
        keepsAttachments = attachments.Count > 0
            && attachments.Count == old.Others.Count
            && attachments.All(attachment => old.Others.Any(item => PathOf(package, item) == attachment.FullPath));
        int slash = old.Root.Path.LastIndexOf('/');
        return keepsAttachments && slash > 0
            ? $"{old.Root.Path[..slash]}/{UniqueName.Of(ModelStem, ModelExtension)}"
            : $"{UniqueName.Of(PackageManifest.AppleAuthor, "")}/{ModelName}";
    }

    private static void Clean(string package, PackageManifest? old, PackageManifest now)
    {
        string[] needed = [.. now.Others.Prepend(now.Root).Select(item => PathOf(package, item))];
        foreach (PackageItem item in old is null ? [] : old.Others.Prepend(old.Root))
            DeleteUnless(needed, PathOf(package, item));

        // An interrupted save may have left what no manifest names any more, under the first name or a later one.
        string data = Path.Combine(package, PackageManifest.DataFolder);
        Leftovers.DeleteIn(data, name => IsNamed(name, PackageManifest.AppleAuthor, "")
            && !needed.Any(path => IsIn(path, Path.Combine(data, name))));
        Leftovers.DeleteIn(Path.GetDirectoryName(needed[0])!, name => IsNamed(name, ModelStem, ModelExtension)
            && name != Path.GetFileName(needed[0]));
        Leftovers.DeleteIn(package, name => UniqueName.IsBeside(name, PackageManifest.FileName));
    }

    private static void DeleteUnless(string[] needed, string path)
    {
        if (needed.Any(other => other == path || IsIn(other, path)))
            return;
        Leftovers.Delete(path);
        string folder = Path.GetDirectoryName(path)!;
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Leftovers.Delete(folder);
    }

    private static bool IsNamed(string name, string stem, string extension) =>
        name == stem + extension || UniqueName.IsOf(name, stem, extension);

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string PathOf(string package, PackageItem item) => FolderPath.Inside(
        package, $"{PackageManifest.DataFolder}/{item.Path}", Path.Combine(package, PackageManifest.FileName));

    // Beside the specification as a rule; from elsewhere it is taken over under its own name.
    private static Attachment AttachmentOf(string full, PackageItem item, string modelFolder)
    {
        string relative = IsIn(full, modelFolder) ? full[(modelFolder.Length + 1)..] : Path.GetFileName(full);
        return new Attachment(
            item.Name, item.Author, item.Description, relative.Replace(Path.DirectorySeparatorChar, '/'), full);
    }
}
