using System.Globalization;
using System.Text;

namespace Attune.Build;

/// <summary>
/// Turns any text into C# names that differ from each other and from the reserved ones. One maker serves one scope:
/// the properties of a class, or the parameters of a method. A name that is taken gets the next free number: Label,
/// Label2.
/// </summary>
internal sealed class NameMaker(params string[] reserved)
{
    private readonly HashSet<string> taken = new(reserved, StringComparer.Ordinal);
    private readonly Dictionary<string, int> lastNumber = new(StringComparer.Ordinal);

    /// <summary>The name of a property or class: <c>digit label</c> becomes <c>Digit_label</c>.</summary>
    public string Pascal(string text, string whenEmpty)
    {
        string word = Word(text, whenEmpty);
        return Free(char.ToUpperInvariant(word[0]) + word.Substring(1));
    }

    /// <summary>The name of a parameter: <c>Image</c> becomes <c>image</c>, <c>URLPath</c> becomes <c>urlPath</c>,
    /// <c>class</c> becomes <c>@class</c>.</summary>
    public string Camel(string text, string whenEmpty)
    {
        string name = Free(LowerFirstWord(Word(text, whenEmpty)));
        return Keywords.Contains(name) ? "@" + name : name;
    }

    /// <summary>A namespace: each part between dots made valid; empty stays empty.</summary>
    public static string Namespace(string text)
    {
        IEnumerable<string> parts = text.Split('.').Select(part => part.Trim()).Where(part => part.Length > 0)
            .Select(part => Word(part, "_"))
            .Select(part => Keywords.Contains(part) ? "@" + part : part);
        return string.Join(".", parts);
    }

    private string Free(string name)
    {
        if (taken.Add(name))
            return name;
        if (!lastNumber.TryGetValue(name, out int number))
            number = 1;
        string numbered;
        do
            numbered = name + (++number).ToString(CultureInfo.InvariantCulture);
        while (!taken.Add(numbered));
        lastNumber[name] = number;
        return numbered;
    }

    /// <summary>Runs of characters that no identifier has become one underscore, and none at the ends.</summary>
    private static string Word(string text, string whenEmpty)
    {
        var word = new StringBuilder(text.Length);
        bool gap = false;
        foreach (char c in text)
        {
            if (!IsPart(c))
            {
                gap = true;
                continue;
            }
            if (gap && word.Length > 0)
                word.Append('_');
            gap = false;
            word.Append(c);
        }
        if (word.Length > LongestName)
            word.Length = LongestName;
        if (word.Length == 0)
            return whenEmpty;
        return IsStart(word[0]) ? word.ToString() : "_" + word;
    }

    /// <remarks>The compiler refuses names beyond 1023 bytes of UTF-8; a name gets prefixes and a number.</remarks>
    private const int LongestName = 200;

    private static string LowerFirstWord(string word)
    {
        int capitals = word.TakeWhile(char.IsUpper).Count();
        int lowered = capitals > 1 && capitals < word.Length && char.IsLower(word[capitals]) ? capitals - 1 : capitals;
        return word.Substring(0, lowered).ToLowerInvariant() + word.Substring(lowered);
    }

    private static bool IsStart(char c) => c == '_' || char.IsLetter(c);

    private static bool IsPart(char c) => IsStart(c) || char.GetUnicodeCategory(c)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.ConnectorPunctuation;

    /// <summary>Reserved words, and those that mean something where names stand in the generated code.</summary>
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "async", "await", "base", "bool", "break", "byte", "case", "catch", "char", "checked",
        "class", "const", "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event",
        "explicit", "extern", "false", "field", "file", "finally", "fixed", "float", "for", "foreach", "get", "global",
        "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "nameof", "namespace",
        "new", "null",
        "object", "operator", "out", "override", "params", "partial", "private", "protected", "public", "readonly",
        "record", "ref", "required", "return", "sbyte", "scoped", "sealed", "set", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked",
        "unsafe", "ushort", "using", "value", "var", "virtual", "void", "volatile", "when", "where", "while", "with",
        "yield",
    };
}
