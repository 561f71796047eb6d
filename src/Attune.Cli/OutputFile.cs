using System.Text;

namespace Attune.Cli;

/// <summary>Writes results to files: whole or not at all.</summary>
internal static class OutputFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A path that a model can be written to.</summary>
    /// <exception cref="UsageException">It has none of the three extensions.</exception>
    public static string RequireModel(string path) =>
        IsModel(path)
            ? path
            : throw new UsageException($"A model is written as .mlmodel, .mlpackage or .mlmodelc; got '{path}'.");

    /// <summary>Refuses, before long work begins, a place where its result could not be written.</summary>
    /// <exception cref="ToolException">The folder is missing, or may not be written to.</exception>
    public static void RequirePlace(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string folder = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(folder))
            throw new ToolException(
                $"'{path}' is to be written; the folder that should hold it is missing. Create it first.");
        string probe = Path.Combine(folder, $".attune-{Guid.NewGuid():N}");
        try
        {
            using var stream = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(
                $"'{path}' is to be written; the folder takes no new files. Choose another place, or change its "
                + "permissions.");
        }
    }

    /// <summary>Refuses to write anything else in place of a model.</summary>
    /// <exception cref="UsageException">The path has one of the three extensions.</exception>
    public static void RequireNoModel(string path)
    {
        if (IsModel(path))
            throw new UsageException($"'{path}' has the name of a model, which would be lost. Choose another name.");
    }

    /// <summary>The size of a file, or of all files in a folder.</summary>
    public static long BytesOf(string path) => File.Exists(path)
        ? new FileInfo(path).Length
        : new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public static void Write(string path, string text) => Write(path, Utf8.GetBytes(text));

    public static void Write(string path, byte[] bytes)
    {
        RequireNoModel(path);
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new ToolException($"A file is to be written at '{path}'; there is a folder.");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new ToolException($"A file is to be written at '{path}'; the folder that should hold it is missing.");
        Files.AtomicFile.Write(full, stream => stream.Write(bytes));
    }

    private static bool IsModel(string path) =>
        Path.GetExtension(Path.TrimEndingDirectorySeparator(path)).ToUpperInvariant()
            is ".MLMODEL" or ".MLPACKAGE" or ".MLMODELC";
}
