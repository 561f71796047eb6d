namespace Attune.Package.Tests;

/// <summary>What packages are made of, and the commands that the documentation gives for making them.</summary>
internal static class Sources
{
    private static readonly string[] Folders = ["src", "eng"];

    /// <summary>
    /// The arguments of each plain <c>dotnet pack</c> of docs/packages.md, in its order; not of those with a property.
    /// </summary>
    public static IReadOnlyList<string[]> PackCommands { get; } =
    [
        .. from line in File.ReadLines(Path.Combine(Repository.Root, "docs", "packages.md"))
           where line.StartsWith("dotnet pack ", StringComparison.Ordinal)
               && line.EndsWith(" -o packages", StringComparison.Ordinal)
           select line.Split(' ')[1..],
    ];

    /// <summary>Copies them as a clone would have them: nothing that a build has made.</summary>
    public static void CopyTo(string folder)
    {
        CopyFiles(Repository.Root, folder);
        foreach (string part in Folders)
            CopyTree(Path.Combine(Repository.Root, part), Path.Combine(folder, part));
    }

    private static void CopyTree(string from, string to)
    {
        CopyFiles(from, to);
        foreach (string folder in Directory.GetDirectories(from))
            if (Path.GetFileName(folder) is var name and not ("bin" or "obj"))
                CopyTree(folder, Path.Combine(to, name));
    }

    // In a linked work tree .git is a file, and would make the copy a part of the repository.
    private static void CopyFiles(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
            if (Path.GetFileName(file) is var name and not ".git")
                File.Copy(file, Path.Combine(to, name));
    }
}
