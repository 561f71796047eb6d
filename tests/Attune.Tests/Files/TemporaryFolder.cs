namespace Attune.Tests.Files;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("attune-").FullName;

    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>The names of all files and folders inside, at any depth, sorted.</summary>
    public string[] Entries(string below = "")
    {
        string folder = In(below);
        return [.. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Copies a file or folder as it is at this moment, as a crash would leave it.</summary>
    public static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            if (File.Exists(from))
                File.Copy(from, to);
            return;
        }
        _ = Directory.CreateDirectory(to);
        foreach (string entry in Directory.GetFileSystemEntries(from))
            // The lock of a running save is gone after a crash.
            if (System.IO.Path.GetFileName(entry) != ".attune.lock")
                Copy(entry, System.IO.Path.Combine(to, System.IO.Path.GetFileName(entry)));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
