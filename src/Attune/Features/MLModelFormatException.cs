namespace Attune;

/// <summary>The model's file is wrong: damaged, or at odds with the format's rules.</summary>
public sealed class MLModelFormatException : Exception
{
    private const int MostTold = 20;

    /// <summary>An exception with its message.</summary>
    /// <param name="message">Full sentences: what takes what; what the file holds; what to do.</param>
    /// <param name="location">Where in the file: a layer, a field, an offset; null if not known.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public MLModelFormatException(string message, string? location = null, Exception? innerException = null)
        : base(message, innerException) => Location = location;

    /// <summary>An exception for a model that breaks rules of the format.</summary>
    /// <param name="findings">What was found; the errors are told in the message.</param>
    internal MLModelFormatException(IReadOnlyList<MLFinding> findings) : base(Tell(findings))
    {
        Findings = findings;
        Location = findings.First(IsError).Location;
    }

    /// <summary>Where in the file: a layer, a field, an offset; null if not known.</summary>
    public string? Location { get; }

    /// <summary>
    /// Every rule of the format that the model breaks, warnings included; empty where the file is wrong in another way.
    /// </summary>
    public IReadOnlyList<MLFinding> Findings { get; } = [];

    private static bool IsError(MLFinding finding) => finding.Severity == MLFindingSeverity.Error;

    private static string Tell(IReadOnlyList<MLFinding> findings)
    {
        MLFinding[] errors = [.. findings.Where(IsError)];
        return errors.Length == 1
            ? errors[0].ToString()
            : $"The model breaks {errors.Length} rules of the format.\n{string.Join('\n', errors.Take(MostTold))}";
    }
}
