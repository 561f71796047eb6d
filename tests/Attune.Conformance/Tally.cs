namespace Attune.Conformance;

/// <summary>Results counted. Failed are all that did not pass, known and unsupported ones included.</summary>
internal sealed class Tally
{
    public int Total { get; private set; }

    public int Passed { get; private set; }

    public int Failed => Total - Passed;

    /// <summary>Of the failed ones those that are on the list of known differences.</summary>
    public int Known { get; private set; }

    /// <summary>Of the failed ones those that need something that does not run yet.</summary>
    public int NotSupported { get; private set; }

    /// <summary>Failed, and nobody knew.</summary>
    public int Unexpected => Failed - Known;

    public void Add(CaseResult result, bool isKnown)
    {
        Total++;
        Passed += result.Verdict == Verdict.Passed ? 1 : 0;
        NotSupported += result.Verdict == Verdict.NotSupported ? 1 : 0;
        Known += isKnown ? 1 : 0;
    }
}
