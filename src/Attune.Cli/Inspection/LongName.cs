using System.Text;

namespace Attune.Cli.Inspection;

/// <summary>Names that are wider than their column, on several lines.</summary>
internal static class LongName
{
    /// <summary>Begins new lines after separators; only a part that is too wide by itself is broken elsewhere.</summary>
    /// <param name="name">The name.</param>
    /// <param name="width">Columns that a line has, at least 1.</param>
    public static string Wrap(string name, int width)
    {
        var lines = new StringBuilder();
        ReadOnlySpan<char> rest = name;
        while (rest.Length > width)
        {
            int end = rest[..width].LastIndexOfAny("/._-: ") + 1;
            end = end > 0 ? end : width;
            lines.Append(rest[..end]).Append('\n');
            rest = rest[end..];
        }
        return lines.Append(rest).ToString();
    }
}
