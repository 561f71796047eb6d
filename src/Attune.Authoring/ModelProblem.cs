namespace Attune.Authoring;

/// <summary>A rule of the format that a model breaks.</summary>
/// <param name="Rule">The rule's stable name, such as <c>updatable.loss.count</c>.</param>
/// <param name="Message">What is wrong and what to do, in sentences that name the layers or features.</param>
public sealed record ModelProblem(string Rule, string Message)
{
    /// <summary>The message, then the rule's name in brackets.</summary>
    public override string ToString() => $"{Message} [{Rule}]";

    internal static ModelProblem Of(MLFinding finding) => new(finding.Rule, $"{finding.Message} {finding.Remedy}");
}
