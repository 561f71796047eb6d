namespace Attune.Files;

/// <summary>Paths that a manifest names: they stay inside their folder.</summary>
internal static class FolderPath
{
    /// <summary>The full path of what a manifest names.</summary>
    /// <param name="folder">The folder, as a full path.</param>
    /// <param name="relative">What the manifest says, with <c>/</c> between the parts.</param>
    /// <param name="manifest">The manifest's path, for errors.</param>
    /// <exception cref="MLModelFormatException">
    /// The path leaves the folder, or goes through a symbolic link.
    /// </exception>
    public static string Inside(string folder, string relative, string manifest)
    {
        if (relative.Length == 0 || relative.Contains('\\') || relative.Contains(':') || relative.Contains('\0')
            || Path.IsPathRooted(relative))
            throw Refuse(relative, manifest);

        string path = folder;
        foreach (string part in relative.Split('/'))
        {
            if (part is "" or "." or "..")
                throw Refuse(relative, manifest);
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
                throw new MLModelFormatException(
                    $"'{manifest}' names '{relative}', and '{path}' is a symbolic link. Links in a model could lead "
                    + "anywhere and are not followed; put the file itself in its place.",
                    manifest);
        }
        return path;
    }

    private static MLModelFormatException Refuse(string relative, string manifest) => new(
        $"'{manifest}' names '{relative}'. It takes paths that stay inside the model's folder, "
        + "with '/' between the parts.",
        manifest);
}
