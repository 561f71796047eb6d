namespace Attune.Files;

/// <summary>Keeps two savers, or a saver and somebody who cleans up, from working in one folder at a time.</summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = ".attune.lock";

    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Locks the folder for a save.</summary>
    /// <exception cref="IOException">Somebody else is saving there, or the disk refuses.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            return Open(folder);
        }
        catch (IOException error)
        {
            throw new IOException(
                $"'{folder}' cannot be locked for saving: {error.Message} "
                + "Another program may be saving there; try again.",
                error);
        }
    }

    /// <summary>Locks the folder if that can be done at once.</summary>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            return Open(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();

    private static FolderLock Open(string folder) => new(new FileStream(
        Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
        FileOptions.DeleteOnClose));
}
