namespace Attune.Conformance;

/// <summary>All results of a run, counted per suite and per layer.</summary>
internal sealed class Report(KnownDifferences known)
{
    private readonly List<(CaseResult Result, string? Known)> failures = [];
    private readonly SortedDictionary<string, Tally> suites = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Tally> operations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> missing = new(StringComparer.Ordinal);

    public Tally Total { get; } = new();

    public IReadOnlyDictionary<string, Tally> Suites => suites;

    public IReadOnlyDictionary<string, Tally> Operations => operations;

    /// <summary>Layers, types and modes that do not run yet, with the number of cases that need them.</summary>
    public IReadOnlyDictionary<string, int> Missing => missing;

    /// <summary>All that did not pass, with the reason on the list of known differences if it is there.</summary>
    public IReadOnlyList<(CaseResult Result, string? Known)> Failures => failures;

    public void Add(CaseResult result)
    {
        string? reason = known.Reason(result);
        Total.Add(result, reason is not null);
        Of(suites, result.Case.Suite).Add(result, reason is not null);
        foreach (string operation in result.Case.Operations.Distinct())
            Of(operations, operation).Add(result, reason is not null);
        foreach (string part in result.Missing)
            missing[part] = missing.GetValueOrDefault(part) + 1;
        if (result.Verdict != Verdict.Passed)
            failures.Add((result, reason));
    }

    private static Tally Of(SortedDictionary<string, Tally> tallies, string name) =>
        tallies.TryGetValue(name, out Tally? tally) ? tally : tallies[name] = new Tally();
}
