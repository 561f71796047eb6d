namespace Attune;

/// <summary>A place where a model breaks a rule of the format.</summary>
/// <param name="Rule">The rule's stable name, such as <c>updatable.loss.count</c>; docs/validation.md has them
/// all.</param>
/// <param name="Severity">Whether the model is refused for it under the profile that was asked for.</param>
/// <param name="Location">Where in the file, from its root: <c>neuralNetwork.layers[3] 'dense' (innerProduct).weights
/// </c>.</param>
/// <param name="Message">What is wrong: who takes what, and what the file holds.</param>
/// <param name="Remedy">How to mend it.</param>
public sealed record MLFinding(
    string Rule, MLFindingSeverity Severity, string Location, string Message, string Remedy)
{
    /// <summary>The message, the remedy, and the rule's name in brackets.</summary>
    public override string ToString() => $"{Message} {Remedy} [{Rule}]";
}
