namespace Attune.Files;

/// <summary>
/// Finds the file that a linked model names, in folders that the application allows and nowhere else.
/// </summary>
internal sealed class LinkSearch
{
    private const string MainBundle = "$BUNDLE_MAIN";
    private const string OtherBundle = "$BUNDLE_IDENTIFIER(";
    private const string Linker = "linkedModel";

    // A model that was compiled for Apple's systems may stand here in another form.
    private static readonly string[] Forms = [".mlmodelc", ".mlmodel", ".mlpackage"];

    private readonly string? folder;

    /// <param name="folder">The linking model's own folder, as a full path; null if it came from memory.</param>
    /// <param name="allowed">The folders that the application names; null: the linking model's own.</param>
    public LinkSearch(string? folder, IEnumerable<string>? allowed)
    {
        this.folder = folder;
        Roots =
        [
            .. (allowed ?? (folder is null ? [] : [folder]))
                .Select(root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))),
        ];
    }

    /// <summary>The folders that links may lead into, as full paths.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>The same for links of a model in another folder. What is allowed does not change.</summary>
    public LinkSearch From(string otherFolder) => new(otherFolder, Roots);

    /// <summary>The full path of the model; null if there is none.</summary>
    /// <param name="name">The name in the link, such as <c>Features.mlmodelc</c>.</param>
    /// <param name="searchPath">Folders with colons between them; empty: the linking model's own.</param>
    /// <exception cref="MLModelFormatException">The name or the path leads out of the allowed folders, or through a
    /// symbolic link.</exception>
    public string? Find(string name, string searchPath)
    {
        string[] parts = searchPath.Length == 0
            ? ["."]
            : searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string part in parts)
            foreach ((string root, string place) in PlacesOf(part))
                if (Candidates(root, place, name).FirstOrDefault(Path.Exists) is { } found)
                    return found;
        return null;
    }

    /// <summary>The name as it stands, and in the other forms of a model; those that only Apple's systems read come
    /// last.</summary>
    private static IEnumerable<string> Candidates(string root, string place, string name)
    {
        string below = Path.GetRelativePath(root, place).Replace('\\', '/');
        string inside = below == "." ? name : $"{below}/{name}";
        return Forms
            .Select(form => Path.ChangeExtension(inside, form))
            .Prepend(inside)
            .Select(relative => FolderPath.Inside(root, relative, Linker))
            .OrderBy(path => File.Exists(Path.Combine(path, "coremldata.bin")));
    }

    private List<(string Root, string Place)> PlacesOf(string part)
    {
        IEnumerable<string> starts = folder is null ? Roots : Roots.Prepend(folder);
        string rest = part;
        if (part.StartsWith(MainBundle, StringComparison.Ordinal))
            (starts, rest) = (Roots, part[MainBundle.Length..].TrimStart('/'));
        else if (part.StartsWith(OtherBundle, StringComparison.Ordinal))
            (starts, rest) = (Roots, part[(part.IndexOf(')') + 1)..].TrimStart('/'));

        var places = new List<(string, string)>();
        foreach (string start in starts)
        {
            string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(start, rest)));
            if (Roots.FirstOrDefault(root => IsInside(root, place)) is { } root && !places.Contains((root, place)))
                places.Add((root, place));
        }
        if (places.Count == 0 && Roots.Count > 0)
            throw new MLModelFormatException(
                "The search path of a linked model stays inside the folders that the application allows, " +
                $"{string.Join(", ", Roots)}; got '{part}'. Name others in MLModelConfiguration.LinkedModelFolders.",
                Linker);
        return places;
    }

    private static bool IsInside(string root, string place) => place == root
        || place.StartsWith(
            Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
