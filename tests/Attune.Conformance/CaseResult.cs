namespace Attune.Conformance;

internal enum Verdict
{
    Passed,

    /// <summary>The model ran and gave something else, or did not load though all it needs is there.</summary>
    Failed,

    /// <summary>The model needs a layer, type or mode that does not run yet.</summary>
    NotSupported,
}

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Verdict">Whether it passed.</param>
/// <param name="Reason">Why not, in words; empty if it passed.</param>
/// <param name="Missing">The layers, model type or mode that do not run yet.</param>
internal sealed record CaseResult(ConformanceCase Case, Verdict Verdict, string Reason, IReadOnlyList<string> Missing)
{
    public static CaseResult Passed(ConformanceCase source) => new(source, Verdict.Passed, "", []);

    public static CaseResult Failed(ConformanceCase source, string reason) => new(source, Verdict.Failed, reason, []);

    public static CaseResult NotSupported(ConformanceCase source, string reason, IReadOnlyList<string> missing) =>
        new(source, Verdict.NotSupported, reason, missing);
}
