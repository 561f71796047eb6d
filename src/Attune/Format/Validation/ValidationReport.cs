namespace Attune.Format.Validation;

/// <summary>Takes the findings of one validation.</summary>
/// <param name="severityOf">How much a rule weighs; null: it is not asked.</param>
internal sealed class ValidationReport(Func<ValidationRule, MLFindingSeverity?> severityOf)
{
    /// <summary>Findings beyond this number are not kept: a hostile file may have millions.</summary>
    public const int MostFindings = 1000;

    private readonly List<MLFinding> findings = [];

    public IReadOnlyList<MLFinding> Findings => findings;

    public bool IsFull => findings.Count >= MostFindings;

    public void Check<T>(IReadOnlyList<ValidationRule<T>> rules, T part)
        where T : IValidated
    {
        foreach (ValidationRule<T> rule in rules)
            Check(rule, part);
    }

    public void Check<T>(ValidationRule<T> rule, T part)
        where T : IValidated
    {
        if (severityOf(rule) is not { } severity || IsFull)
            return;
        foreach (Flaw flaw in rule.Flaws(part))
        {
            string location = flaw.Field.Length == 0 ? part.Where : $"{part.Where}.{flaw.Field}";
            findings.Add(new MLFinding(rule.Id, severity, location, flaw.Message, rule.Remedy));
            if (IsFull)
                return;
        }
    }
}
