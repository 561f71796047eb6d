using System.Text.RegularExpressions;

namespace Attune.Cli;

/// <summary>Texts and names that are wider than their column, on several lines: broken after blanks and after what
/// separates the parts of names, but not within a number, nor between it and its percent.</summary>
internal static partial class LongText
{
    /// <summary>The text with more line ends in it.</summary>
    /// <param name="text">Words, or the name of a layer.</param>
    /// <param name="width">Columns of a line, 1 or more. Only a part that is wider by itself is broken elsewhere.
    /// </param>
    public static string Wrap(string text, int width) =>
        string.Join('\n', text.Split('\n').SelectMany(line => Lines(line, width)));

    /// <summary>The fewest columns in which no part of a text is broken.</summary>
    public static int LeastWidth(string text) => Separators().Split(text).Max(part => part.TrimEnd().Length);

    private static IEnumerable<string> Lines(string text, int width)
    {
        string line = "";
        foreach (string part in Separators().Split(text))
        {
            if (line.Length > 0 && (line + part).TrimEnd().Length > width)
            {
                yield return line.TrimEnd();
                line = "";
            }
            for (line += part; line.TrimEnd().Length > width; line = line[width..])
                yield return line[..width];
        }
        yield return line.TrimEnd();
    }

    [GeneratedRegex(@"(?<=[\s/_:×])(?=[^\s/_:%])|(?<=[.\-])(?=[^\s/_.\-\d])")]
    private static partial Regex Separators();
}
