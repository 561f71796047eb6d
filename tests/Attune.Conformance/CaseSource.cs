using System.Formats.Tar;
using System.IO.Compression;

namespace Attune.Conformance;

/// <summary>Finds cases: folders <c>SUITE/CASE</c>, or archives <c>SUITE.tar.gz</c> of such folders.</summary>
internal static class CaseSource
{
    private const string CaseFile = "case.json";

    /// <summary>
    /// All cases below a folder, suite by suite. The folder may be a suite or hold suites, packed or not.
    /// </summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="suite">The only suite that is wanted; null for all.</param>
    public static IEnumerable<ConformanceCase> Find(string folder, string? suite = null)
    {
        foreach (string path in Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path).Replace(".tar.gz", "", StringComparison.Ordinal);
            if (File.Exists(path) && path.EndsWith(".tar.gz", StringComparison.Ordinal))
            {
                if (suite is null || suite == name)
                    foreach (ConformanceCase found in InArchive(path))
                        yield return found;
            }
            else if (File.Exists(Path.Combine(path, CaseFile)))
            {
                string parent = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
                if (suite is null || suite == parent)
                    yield return InFolder(parent, path);
            }
            else if (Directory.Exists(path) && (suite is null || suite == name))
                foreach (string inner in Directory.GetDirectories(path).Order(StringComparer.Ordinal))
                    if (File.Exists(Path.Combine(inner, CaseFile)))
                        yield return InFolder(name, inner);
        }
    }

    private static ConformanceCase InFolder(string suite, string folder) => new(
        suite,
        Path.GetFileName(folder),
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(folder, path).Replace('\\', '/'),
            path => (Func<byte[]>)(() => File.ReadAllBytes(path))));

    /// <summary>Reads an archive whole: the files of a case need not lie together.</summary>
    private static IEnumerable<ConformanceCase> InArchive(string archive)
    {
        var cases = new SortedDictionary<string, Dictionary<string, Func<byte[]>>>(StringComparer.Ordinal);
        using var file = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var tar = new TarReader(file);
        while (tar.GetNextEntry() is { } entry)
        {
            string[] parts = entry.Name.TrimStart('.', '/').Split('/', 3);
            if (parts.Length < 3 || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            string name = $"{parts[0]}/{parts[1]}";
            if (!cases.TryGetValue(name, out Dictionary<string, Func<byte[]>>? files))
                cases[name] = files = [];
            byte[] bytes = Content(entry);
            files[parts[2]] = () => bytes;
        }
        foreach ((string name, Dictionary<string, Func<byte[]>> files) in cases)
            if (files.ContainsKey(CaseFile))
                yield return new ConformanceCase(name.Split('/')[0], name.Split('/')[1], files);
    }

    private static byte[] Content(TarEntry entry)
    {
        using var bytes = new MemoryStream();
        entry.DataStream?.CopyTo(bytes);
        return bytes.ToArray();
    }
}
