namespace Attune.Features;

/// <summary>How constraints are put into messages.</summary>
internal static class Wording
{
    /// <summary>More than this many alternatives are not read by anyone.</summary>
    private const int MaxAlternatives = 6;

    public static string Shape(IEnumerable<int> shape) => $"[{string.Join('×', shape)}]";

    /// <summary><c>A, B or C</c>; many alternatives are cut short with their number.</summary>
    public static string Alternatives(IEnumerable<string> alternatives)
    {
        string[] all = [.. alternatives];
        if (all.Length > MaxAlternatives)
            return $"{string.Join(", ", all[..MaxAlternatives])} or one of {all.Length - MaxAlternatives} more";
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }
}
