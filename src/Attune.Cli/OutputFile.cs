using System.Text;

namespace Attune.Cli;

/// <summary>Writes results to files: whole or not at all.</summary>
internal static class OutputFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string path, string text) => Write(path, Utf8.GetBytes(text));

    public static void Write(string path, byte[] bytes)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new ToolException($"A file is to be written at '{path}'; there is a folder.");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new ToolException($"A file is to be written at '{path}'; the folder that should hold it is missing.");
        Files.AtomicFile.Write(full, stream => stream.Write(bytes));
    }
}
