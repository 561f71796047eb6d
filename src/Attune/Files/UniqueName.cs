namespace Attune.Files;

/// <summary>Names that nobody else uses, and that tell later that they were ours.</summary>
internal static class UniqueName
{
    private const int Digits = 32;
    private const string TemporaryEnd = ".tmp";

    /// <summary><c>model-0123….mlmodel</c></summary>
    public static string Of(string stem, string extension) => $"{stem}-{Guid.NewGuid():N}{extension}";

    /// <summary>A place beside a path, in the same folder, for what will be renamed to it.</summary>
    public static string Beside(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}-{Guid.NewGuid():N}{TemporaryEnd}");

    /// <summary>Whether <see cref="Of"/> made the name from this stem and extension.</summary>
    public static bool IsOf(string name, string stem, string extension) =>
        name.Length == stem.Length + 1 + Digits + extension.Length
        && name.StartsWith(stem + "-", StringComparison.Ordinal)
        && name.EndsWith(extension, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(stem.Length + 1, Digits), "N", out _);

    /// <summary>Whether <see cref="Beside"/> made the name for a file of this name.</summary>
    public static bool IsBeside(string name, string of) => IsOf(name, "." + of, TemporaryEnd);
}
