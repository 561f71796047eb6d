using Attune.Conformance;

namespace Attune.Tests.Conformance;

/// <summary>A slice of the conformance cases; the program Attune.Conformance runs them all.</summary>
public class ConformanceTests
{
    [SkippableTheory]
    [InlineData("derived")]
    [InlineData("nn_layers")]
    [InlineData("updatable")]
    [InlineData("validators")]
    public void Every_case_passes_that_is_no_known_difference(string suite)
    {
        string folder = SharedFolder.Require("corpus");
        var report = new Report(KnownDifferences.Committed());

        foreach (ConformanceCase found in CaseSource.Find(folder, suite))
            report.Add(CaseRunner.Run(found));

        Assert.NotEqual(0, report.Total.Passed);
        Assert.Empty(report.Failures.Where(failure => failure.Known is null).Select(
            failure => $"{failure.Result.Case.Name}: {failure.Result.Reason}"));
    }

    [SkippableTheory]
    [InlineData("derived")]
    [InlineData("nn_layers")]
    [InlineData("sklearn")]
    [InlineData("updatable")]
    public void Every_model_is_judged_as_Core_ML_judges_it(string suite)
    {
        string folder = SharedFolder.Require("corpus");

        CaseResult[] results =
            [.. CaseSource.Find(folder, suite).Select(ValidationRunner.RunVerdict).OfType<CaseResult>()];

        Assert.NotEmpty(results);
        Assert.Empty(results.Where(result => result.Verdict != Verdict.Passed).Select(
            result => $"{result.Case.Name}: {result.Reason}"));
    }
}
