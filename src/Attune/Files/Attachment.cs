namespace Attune.Files;

/// <summary>A file or folder that belongs to a model beside its specification: the weights of an ML program.</summary>
/// <param name="Name">Its name in the manifest.</param>
/// <param name="Author">Who put it there.</param>
/// <param name="Description">What it is.</param>
/// <param name="RelativePath">Its path from the folder of the specification, with <c>/</c> between the parts.</param>
/// <param name="FullPath">Where it is.</param>
internal sealed record Attachment(string Name, string Author, string Description, string RelativePath, string FullPath)
{
    /// <summary>
    /// Copies it to the same relative path in another folder, flushed to the disk. Refuses symbolic links.
    /// </summary>
    public void CopyTo(string folder)
    {
        string destination = Path.Combine(folder, RelativePath.Replace('/', Path.DirectorySeparatorChar));
        _ = Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        Copy(FullPath, destination);
    }

    private static void Copy(string from, string to)
    {
        if ((File.GetAttributes(from) & FileAttributes.ReparsePoint) != 0)
            throw new MLModelFormatException($"'{from}' is a symbolic link. Links in a model are not followed.", from);
        if (Directory.Exists(from))
        {
            _ = Directory.CreateDirectory(to);
            foreach (string entry in Directory.GetFileSystemEntries(from))
                Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
            return;
        }
        using FileStream source = File.OpenRead(from);
        AtomicFile.WriteNew(to, source.CopyTo);
    }
}
