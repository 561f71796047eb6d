using System.Formats.Tar;
using System.IO.Compression;

namespace Attune.Tests;

/// <summary>
/// The folder of models and cases that is too large for the repository: where <c>ATTUNE_SHARED</c> says, else
/// <c>shared</c> beside the repository. Tests that read it are skipped where it is absent.
/// </summary>
internal static class SharedFolder
{
    public const string WhereToFindIt =
        "The folder of shared models is absent. Set ATTUNE_SHARED to it, or lay it beside the repository as 'shared'.";

    public static string? Path { get; } = Find();

    /// <summary>Skips the test where the folder, or this part of it, is absent.</summary>
    public static string Require(params string[] parts)
    {
        string? path = Path is null ? null : System.IO.Path.Combine([Path, .. parts]);
        Skip.If(path is null || !(File.Exists(path) || Directory.Exists(path)), WhereToFindIt);
        return path!;
    }

    /// <summary>All models below the folder, packed or not, with a name for messages.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Models() =>
        CorpusModels().Concat(LooseModels("real-models")).Concat(LooseModels("peers"));

    public static IEnumerable<(string Name, byte[] Bytes)> CorpusModels() =>
        Directory.GetFiles(Require("corpus"), "*.tar.gz").Order().SelectMany(PackedModels);

    public static IEnumerable<(string Name, byte[] Bytes)> PackedModels(string archive)
    {
        using var file = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var tar = new TarReader(file);
        while (tar.GetNextEntry() is { } entry)
            if (entry.DataStream is not null && entry.Name.EndsWith(".mlmodel", StringComparison.Ordinal))
                yield return (entry.Name, ReadAll(entry.DataStream));
    }

    private static IEnumerable<(string Name, byte[] Bytes)> LooseModels(string folder)
    {
        foreach (string path in Directory.GetFiles(Require(folder), "*", SearchOption.AllDirectories).Order())
            if (path.EndsWith(".mlmodel", StringComparison.Ordinal))
                yield return (path, File.ReadAllBytes(path));
            else if (path.EndsWith(".mlmodel.gz", StringComparison.Ordinal))
                yield return (path, ReadAll(new GZipStream(File.OpenRead(path), CompressionMode.Decompress)));
    }

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ATTUNE_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Attune.slnx")))
            folder = folder.Parent;
        string? beside = folder?.Parent is { } parent ? System.IO.Path.Combine(parent.FullName, "shared") : null;
        return Directory.Exists(beside) ? beside : null;
    }
}
