namespace Attune.Files;

/// <summary>Writes files so that a crash at any moment leaves the old content or the new.</summary>
internal static class AtomicFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes beside the file, flushes to the disk, and renames over it.</summary>
    /// <param name="path">The file, new or not.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="after">Told of each step.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">
    /// The path is a folder, or the disk is full or fails. The old file is as it was.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public static void Write(string path, Action<Stream> write, Action<SaveStep>? after = null)
    {
        RequireFolderOf(path);
        if (Directory.Exists(path))
            throw new IOException(
                $"'{path}' is a folder; a file was to be saved there. Choose another name or delete it.");

        Leftovers.DeleteAbandoned(path);
        string temporary = UniqueName.Beside(path);
        try
        {
            WriteNew(temporary, write);
            KeepMode(path, temporary);
            after?.Invoke(SaveStep.Written);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Leftovers.Delete(temporary);
            throw;
        }
        after?.Invoke(SaveStep.Replaced);
    }

    /// <summary>Writes a file that does not exist yet and flushes it to the disk.</summary>
    public static void WriteNew(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Refuses a path whose folder is missing, in words that help.</summary>
    public static void RequireFolderOf(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is not null && !Directory.Exists(folder))
            throw new DirectoryNotFoundException(
                $"The folder '{folder}' does not exist, so '{Path.GetFileName(path)}' cannot be saved there. "
                + "Create it first.");
    }

    // A file that was, say, readable by its owner only stays so.
    private static void KeepMode(string old, string next)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(old))
            File.SetUnixFileMode(next, File.GetUnixFileMode(old));
    }
}
