namespace Attune.Format.Validation;

/// <summary>A rule that models keep.</summary>
/// <param name="Id">A stable name.</param>
/// <param name="Summary">The rule in one sentence.</param>
/// <param name="Remedy">How to mend a model that breaks it.</param>
internal abstract record ValidationRule(string Id, string Summary, string Remedy)
{
    /// <summary>How much a violation weighs under the default profile; null if nothing is said of it.</summary>
    public MLFindingSeverity? Default { get; init; } = MLFindingSeverity.Error;

    /// <summary>How much it weighs under Core ML's; null if Core ML has no such rule.</summary>
    public MLFindingSeverity? CoreML { get; init; } = MLFindingSeverity.Error;

    /// <summary>Why the profiles differ; empty if they do not.</summary>
    public string Reason { get; init; } = "";

    public MLFindingSeverity? Under(MLValidationProfile profile) =>
        profile == MLValidationProfile.CoreML ? CoreML : Default;
}

/// <summary>A rule on one kind of part of a model.</summary>
/// <typeparam name="T">The part.</typeparam>
/// <param name="Id">A stable name.</param>
/// <param name="Summary">The rule in one sentence.</param>
/// <param name="Remedy">How to mend a model that breaks it.</param>
/// <param name="Flaws">All places where the part breaks the rule.</param>
internal sealed record ValidationRule<T>(string Id, string Summary, string Remedy, Func<T, IEnumerable<Flaw>> Flaws)
    : ValidationRule(Id, Summary, Remedy)
    where T : IValidated
{
    /// <summary>The rule with less weight under the default profile.</summary>
    /// <param name="reason">Why, as a sentence.</param>
    public ValidationRule<T> Tolerated(string reason) =>
        this with { Default = MLFindingSeverity.Warning, Reason = reason };

    /// <summary>The rule as one of Core ML alone.</summary>
    /// <param name="reason">Why it is no rule of ours.</param>
    public ValidationRule<T> OfCoreMLOnly(string reason) => this with { Default = null, Reason = reason };
}

/// <summary>A violation of a rule.</summary>
/// <param name="Message">Who takes what; got what.</param>
/// <param name="Field">The field of the part that is wrong; empty if no single one is.</param>
internal sealed record Flaw(string Message, string Field = "");

/// <summary>A part of a model that rules look at.</summary>
internal interface IValidated
{
    /// <summary>Where the part stands in the file, from its root.</summary>
    string Where { get; }
}
