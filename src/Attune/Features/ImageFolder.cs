using Attune.Codecs;

namespace Attune.Features;

/// <summary>The images of a folder, in the ordinal order of their names.</summary>
/// <param name="Images">Each with the label that its place or its name gives it; null where labels are not read.
/// </param>
/// <param name="Skipped">Files that do not begin as an image does.</param>
internal sealed record ImageFolder(IReadOnlyList<(string Path, string? Label)> Images, IReadOnlyList<string> Skipped)
{
    private static readonly EnumerationOptions Visible = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = false,
    };

    /// <exception cref="ArgumentException">Labels do not stand where they should.</exception>
    /// <exception cref="IOException">The folder, or a file in it, cannot be read.</exception>
    public static ImageFolder List(string folder, MLImageLabels labels, IReadOnlyList<IImageDecoder> decoders)
    {
        List<string> skipped = [];
        List<string> atTop = ImagesIn(folder, skipped, decoders);
        if (labels == MLImageLabels.None)
            return new([.. atTop.Select(path => (path, (string?)null))], skipped);
        if (labels == MLImageLabels.FileNames)
            return new([.. atTop.Select(path => (path, (string?)LabelOf(path)))], skipped);

        List<(string, string?)> inFolders = [];
        foreach (string inner in Directory.GetDirectories(folder, "*", Visible).Order(StringComparer.Ordinal))
            foreach (string path in ImagesIn(inner, skipped, decoders))
                inFolders.Add((path, Path.GetFileName(inner)));
        if (inFolders.Count == 0 && labels == MLImageLabels.Automatic)
            return new([.. atTop.Select(path => (path, (string?)LabelOf(path)))], skipped);
        return atTop.Count == 0 ? new(inFolders, skipped) : throw Mixed(folder, inFolders.Count, atTop.Count);
    }

    private static List<string> ImagesIn(
        string folder, List<string> skipped, IReadOnlyList<IImageDecoder> decoders)
    {
        List<string> images = [];
        foreach (string path in Directory.GetFiles(folder, "*", Visible).Order(StringComparer.Ordinal))
            (ImageFile.IsImage(path, decoders) ? images : skipped).Add(path);
        return images;
    }

    private static string LabelOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        int end = name.LastIndexOf('_');
        return end > 0
            ? name[..end]
            : throw new ArgumentException(
                $"An image whose label stands in its name is called LABEL_ANYTHING, such as cat_12.png; got '{path}'. "
                + "Rename it, put the images of each label into a sub-folder, or read the folder with "
                + $"{nameof(MLImageLabels)}.{nameof(MLImageLabels.None)}.");
    }

    private static ArgumentException Mixed(string folder, int inFolders, int beside) =>
        new($"Labels stand in the names of sub-folders or in those of the images; the folder '{folder}' holds "
            + $"{inFolders} images in sub-folders and {beside} beside them. Move those, or choose "
            + $"{nameof(MLImageLabels)}.{nameof(MLImageLabels.FileNames)}.");
}
