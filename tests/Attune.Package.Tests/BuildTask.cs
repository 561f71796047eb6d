using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Attune.Package.Tests;

/// <summary>The build task in the package of the library.</summary>
internal static class BuildTask
{
    public const string Folder = "tasks/netstandard2.0/";

    // MSBuild brings its own; netstandard is part of every runtime that MSBuild runs on.
    private static readonly string[] Given =
        ["netstandard", "Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core"];

    /// <summary>
    /// The assemblies that the task needs, and those that these need, but for what whoever loads the task has.
    /// </summary>
    /// <returns>Their names, as files of the package; those that are not in it are among them.</returns>
    public static IReadOnlySet<string> Needs(ZipArchive package)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(["Attune.Build"]);
        while (open.TryDequeue(out string? name))
            if (needed.Add($"{Folder}{name}.dll") && package.GetEntry($"{Folder}{name}.dll") is { } assembly)
                foreach (string reference in References(assembly).Except(Given))
                    open.Enqueue(reference);
        return needed;
    }

    private static List<string> References(ZipArchiveEntry assembly)
    {
        var memory = new MemoryStream();
        using (Stream stream = assembly.Open())
            stream.CopyTo(memory);
        memory.Position = 0;
        using var file = new PEReader(memory);
        MetadataReader metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.AssemblyReferences
               select metadata.GetString(metadata.GetAssemblyReference(handle).Name),
        ];
    }
}
