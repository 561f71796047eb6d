using System.CommandLine;
using System.Text.RegularExpressions;

namespace Attune.Cli;

/// <summary>What is wrong with a command line, in words of its user instead of its parser's types.</summary>
internal static partial class ParseMessage
{
    public static IEnumerable<string> Of(ParseResult parsed) =>
        parsed.Errors.Select(error => Of(parsed, error.Message)).Distinct();

    private static string Of(ParseResult parsed, string message)
    {
        if (message.StartsWith("Required argument missing for command", StringComparison.Ordinal))
            return $"{parsed.CommandResult.Command.Name} takes {string.Join(" and ", Missing(parsed))}; got none.";
        if (NotAsTyped().Match(message) is { Success: true } typed)
            return $"{typed.Groups["name"]} takes {Kind(typed.Groups["type"].Value)}; got '{typed.Groups["value"]}'.";
        return Blanks().Replace(message, " ").Trim();
    }

    private static IEnumerable<string> Missing(ParseResult parsed) =>
        from argument in parsed.CommandResult.Command.Arguments
        where argument.Arity.MinimumNumberOfValues > 0
            && (parsed.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues
        select argument.Name;

    private static string Kind(string type) => type switch
    {
        _ when type.Contains("Int32", StringComparison.Ordinal) => $"a whole number up to {Plain.Count(int.MaxValue)}",
        _ when type.Contains("Int64", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains("Double", StringComparison.Ordinal) => "a number",
        _ => "one of the words that --help lists",
    };

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for (option|command|argument) '(?<name>[^']*)' as expected "
        + @"type '(?<type>[^']*)'", RegexOptions.Singleline)]
    private static partial Regex NotAsTyped();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
