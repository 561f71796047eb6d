using System.Text.RegularExpressions;

namespace Attune.Cli;

/// <summary>Turns what was thrown into what is printed and returned.</summary>
internal static partial class Failure
{
    /// <summary>The exit code for an exception.</summary>
    public static int ExitCode(Exception error) => error is UsageException ? Tool.WrongUsage : Tool.Failed;

    /// <summary>Plain sentences, without traces and without the names of parameters in code.</summary>
    public static string Sentence(Exception error) => error switch
    {
        OperationCanceledException => "Cancelled.",
        ToolException or MLModelFormatException or MLModelNotSupportedException or MLFeatureException
            or ImageFormatException or IOException or UnauthorizedAccessException => OneLine(error.Message),
        ArgumentException => OneLine(ParameterName().Replace(error.Message, "")),
        _ => $"This should not have happened: {error.GetType().Name}, {OneLine(error.Message)}",
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)|\s*Actual value was [^\n]*")]
    private static partial Regex ParameterName();
}
