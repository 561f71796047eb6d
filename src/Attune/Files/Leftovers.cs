namespace Attune.Files;

/// <summary>
/// Deletes what is not needed any more. What cannot be deleted now, as it is open elsewhere, stays for later.
/// </summary>
internal static class Leftovers
{
    public static void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is only in the way, and the next save tries again.
        }
    }

    /// <summary>
    /// Deletes what interrupted saves have left beside a path. What somebody still writes is left alone.
    /// </summary>
    public static void DeleteAbandoned(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string name = Path.GetFileName(path);
        foreach (string entry in Directory.GetFileSystemEntries(folder, $".{name}-*"))
            if (UniqueName.IsBeside(Path.GetFileName(entry), name) && IsAbandoned(entry))
                Delete(entry);
    }

    private static bool IsAbandoned(string path)
    {
        if (Directory.Exists(path))
        {
            using FolderLock? held = FolderLock.TryTake(path);
            return held is not null;
        }
        try
        {
            using FileStream alone = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Deletes the entries of a folder that a test picks by name.</summary>
    public static void DeleteIn(string folder, Func<string, bool> isLeftover)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string path in Directory.GetFileSystemEntries(folder))
            if (isLeftover(Path.GetFileName(path)))
                Delete(path);
    }
}
