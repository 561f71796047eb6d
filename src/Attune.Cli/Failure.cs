using System.Text.RegularExpressions;

namespace Attune.Cli;

/// <summary>Turns what was thrown into what is printed and returned.</summary>
internal static partial class Failure
{
    /// <summary>The exit code for an exception.</summary>
    public static int ExitCode(Exception error) => error switch
    {
        UsageException => Tool.WrongUsage,
        OperationCanceledException => Tool.Interrupted,
        _ => Tool.Failed,
    };

    /// <summary>Plain sentences, without traces and without the names of parameters in code.</summary>
    public static string Sentence(Exception error) => error switch
    {
        StoppedException => OneLine(error.Message),
        OperationCanceledException => "Stopped. Nothing was written.",
        ToolException or MLModelFormatException or MLModelNotSupportedException or MLFeatureException
            or ImageFormatException => OneLine(error.Message),
        // The system's own words; files are written beside their place first, and nobody knows those names.
        IOException or UnauthorizedAccessException => TemporaryName()
            .Replace(OneLine(error.Message), "$1")
            .Replace(" : ", ": ", StringComparison.Ordinal),
        ArgumentException => OneLine(ParameterName().Replace(error.Message, "")),
        _ => $"This should not have happened: {error.GetType().Name}, {OneLine(error.Message)}",
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();

    [GeneratedRegex(@"(?<=[/\\])\.([^/\\]+)-[0-9a-f]{32}\.tmp")]
    private static partial Regex TemporaryName();

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)|\s*Actual value was [^\n]*")]
    private static partial Regex ParameterName();
}
