namespace Attune.Format.Validation;

/// <summary>The rule that a file keeps before its model can be looked at.</summary>
internal static class FileRules
{
    private sealed record FileRule(string Id, string Summary, string Remedy) : ValidationRule(Id, Summary, Remedy);

    public static IReadOnlyList<ValidationRule> All { get; } =
    [
        new FileRule(
            "file.damaged",
            "The file is whole and well-formed, and asks for no more memory than a file of its size has any use for.",
            "Get the file again."),
    ];

    public static MLFinding Unreadable(MLModelFormatException damage) =>
        new(All[0].Id, MLFindingSeverity.Error, damage.Location ?? "model", damage.Message, All[0].Remedy);
}
