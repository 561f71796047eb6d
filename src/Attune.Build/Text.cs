using System.Globalization;
using System.Text;

namespace Attune.Build;

/// <summary>Makes any text from a file safe where it is put: a literal, a documentation comment, a message.</summary>
internal static class Text
{
    /// <summary>Descriptions beyond this many characters are cut: a comment is read by people.</summary>
    private const int LongestDescription = 4000;

    /// <summary>All that C# takes for the end of a line, so that a comment cannot end before we say so.</summary>
    private static readonly string[] LineEnds = ["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\f", "\v"];

    /// <summary>A C# string literal, quotes included.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        foreach (char c in text)
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~' || char.IsLetterOrDigit(c))
                literal.Append(c);
            else
                literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        return literal.Append('"').ToString();
    }

    /// <summary>One line without control characters, for messages; long text is cut.</summary>
    public static string OneLine(string text) => Printable(Cut(string.Join(" ", Lines(text)), 200));

    /// <summary>The lines of a description, each safe in an XML documentation comment.</summary>
    public static IEnumerable<string> CommentLines(string text) => Lines(Cut(text.Trim(), LongestDescription))
        .Select(line => Escape(Printable(line).TrimEnd()));

    /// <summary>The same in one line.</summary>
    public static string Comment(string text) =>
        Escape(Printable(Cut(string.Join(" ", Lines(text.Trim())), LongestDescription)));

    private static string[] Lines(string text) => text.Split(LineEnds, StringSplitOptions.None);

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string Cut(string text, int most) => text.Length <= most ? text : text.Substring(0, most) + " …";

    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                printable.Append(text[i]).Append(text[++i]);
            else
                printable.Append(text[i] == '\t' ? ' ' : IsPrintable(text[i]) ? text[i] : '\uFFFD');
        return printable.ToString();
    }

    /// <remarks>Format characters go as well: some turn the order of text around, and code that reads unlike it
    /// runs is a trap. So do lone surrogates, which no encoding can write.</remarks>
    private static bool IsPrintable(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
