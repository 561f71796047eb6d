namespace Attune.Conformance;

/// <summary>A report as people read it.</summary>
internal static class ReportText
{
    public static void Write(Report report, TextWriter text)
    {
        WriteFailures(report, text);
        WriteMissing(report, text);
        WriteTable("Layer", report.Operations, text);
        WriteTable("Suite", report.Suites, text);
        Tally total = report.Total;
        text.WriteLine();
        text.WriteLine(
            $"{total.Passed} of {total.Total} cases pass. {total.Failed} do not: {total.NotSupported} are " +
            "not supported yet; " +
            $"{total.Known} are known, {total.Unexpected} are not.");
    }

    private static void WriteFailures(Report report, TextWriter text)
    {
        foreach ((CaseResult result, string? known) in report.Failures)
            if (result.Verdict == Verdict.Failed || known is null)
                text.WriteLine($"{result.Case.Name}: {result.Reason}{(known is null ? "" : $" Known: {known}")}");
    }

    private static void WriteMissing(Report report, TextWriter text)
    {
        if (report.Missing.Count == 0)
            return;
        text.WriteLine();
        text.WriteLine("Not supported yet, and the number of cases that need it:");
        foreach ((string part, int cases) in report.Missing.OrderByDescending(entry => entry.Value))
            text.WriteLine($"{cases,6}  {part}");
    }

    private static void WriteTable(string title, IReadOnlyDictionary<string, Tally> tallies, TextWriter text)
    {
        int width = Math.Max(title.Length, tallies.Keys.DefaultIfEmpty("").Max(name => name.Length));
        text.WriteLine();
        text.WriteLine($"{title.PadRight(width)}  passed  total  known  unexpected");
        foreach ((string name, Tally tally) in tallies)
            text.WriteLine(
                $"{name.PadRight(width)}  {tally.Passed,6}  {tally.Total,5}  {tally.Known,5}  {tally.Unexpected,10}");
    }
}
