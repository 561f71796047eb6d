namespace Attune.Files;

/// <summary>What folder forms have in common when they are saved: one manifest decides which content counts.</summary>
internal static class FolderSave
{
    /// <summary>
    /// Fills a folder: a new one beside its place, renamed when it is whole, or an existing one in place.
    /// </summary>
    /// <param name="path">The folder, new or not.</param>
    /// <param name="isOurs">Whether an existing folder is of the form, so that it may be saved into.</param>
    /// <param name="fill">
    /// Writes into a folder: new content under new names first, each name told to the recorder, the manifest last.
    /// </param>
    /// <param name="after">Told of each step.</param>
    /// <exception cref="IOException">The path is a file or another folder, or the disk is full or fails.</exception>
    public static void Save(
        string path, Func<string, bool> isOurs, Action<string, FolderContent> fill, Action<SaveStep>? after)
    {
        AtomicFile.RequireFolderOf(path);
        if (File.Exists(path))
            throw new IOException(
                $"'{path}' is a file; a folder was to be saved there. Choose another name or delete it.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            SaveInto(path, isOurs, fill, after);
        else
            SaveBeside(path, fill, after);
    }

    private static void SaveInto(
        string path, Func<string, bool> isOurs, Action<string, FolderContent> fill, Action<SaveStep>? after)
    {
        if (!isOurs(path))
            throw new IOException(
                $"The folder '{path}' holds something else than a model of this form. "
                + "Choose another name or empty it.");
        using FolderLock held = FolderLock.Take(path);
        var content = new FolderContent(after);
        try
        {
            fill(path, content);
        }
        catch
        {
            content.Withdraw();
            throw;
        }
    }

    private static void SaveBeside(string path, Action<string, FolderContent> fill, Action<SaveStep>? after)
    {
        Leftovers.DeleteAbandoned(path);
        string temporary = UniqueName.Beside(path);
        try
        {
            _ = Directory.CreateDirectory(temporary);
            using (FolderLock.Take(temporary))
                fill(temporary, new FolderContent(null));
            after?.Invoke(SaveStep.Written);
            if (Directory.Exists(path))
                Directory.Delete(path); // empty, or this fails
            Directory.Move(temporary, path);
        }
        catch
        {
            Leftovers.Delete(temporary);
            throw;
        }
        after?.Invoke(SaveStep.Replaced);
    }
}

/// <summary>Remembers what a save has added to a folder, until its manifest refers to it.</summary>
internal sealed class FolderContent(Action<SaveStep>? after)
{
    private readonly List<string> added = [];

    /// <summary>Remembers a file or folder that is about to be made.</summary>
    public string Add(string path)
    {
        added.Add(path);
        return path;
    }

    /// <summary>Puts the manifest over the old one: the new content counts from now on.</summary>
    public void Commit(string manifest, Action<Stream> write)
    {
        after?.Invoke(SaveStep.Written);
        AtomicFile.Write(manifest, write);
        added.Clear();
        after?.Invoke(SaveStep.Replaced);
    }

    /// <summary>Tells that leftovers are deleted.</summary>
    public void Cleaned() => after?.Invoke(SaveStep.Cleaned);

    /// <summary>Deletes what was added, as the save has failed.</summary>
    public void Withdraw()
    {
        foreach (string path in added)
            Leftovers.Delete(path);
    }
}
