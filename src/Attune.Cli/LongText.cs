using System.Text.RegularExpressions;

namespace Attune.Cli;

/// <summary>Texts and names that are wider than their column, on several lines: broken after blanks and after what
/// separates the parts of names, but not within a number, nor between it and its percent.</summary>
internal static partial class LongText
{
    // Half a screen; who wants all of it takes JSON.
    private const int Longest = 1_000;

    /// <summary>The text, or its begin and its end where it is longer than anybody reads in a table.</summary>
    public static string Shorten(string text) => text.Length <= Longest
        ? text
        : $"{text[..Whole(text, Longest / 2)]}…{text[Whole(text, text.Length - Longest / 2)..]}";

    /// <summary>The text with more line ends in it.</summary>
    /// <param name="text">Words, or the name of a layer.</param>
    /// <param name="width">Columns of a line, 2 or more. Only a part that is wider by itself is broken elsewhere.
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
            // Where something stands before it, the part has room there.
            int start = 0;
            for (int shown = part.TrimEnd().Length; shown - start > width;)
            {
                int end = Whole(part, start + width);
                yield return part[start..end];
                start = end;
            }
            line += part[start..];
        }
        yield return line.TrimEnd();
    }

    /// <summary>A place to part a text: the same, or the one before if that is within a letter of two halves.</summary>
    private static int Whole(string text, int place) => char.IsSurrogatePair(text, place - 1) ? place - 1 : place;

    [GeneratedRegex(@"(?<=[\s/_:×])(?=[^\s/_:%])|(?<=[.\-])(?=[^\s/_.\-\d])")]
    private static partial Regex Separators();
}
