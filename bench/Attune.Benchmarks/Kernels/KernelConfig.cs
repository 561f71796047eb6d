using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;

namespace Attune.Benchmarks.Kernels;

/// <summary>Each operation beside its plain loop, which is 1.00.</summary>
public sealed class KernelConfig : ManualConfig
{
    public KernelConfig()
    {
        AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory);
        AddColumn(CategoriesColumn.Default);
        HideColumns(Column.StdDev, Column.RatioSD);
        WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40));

        // BenchmarkDotNet builds the library once more; the analyzers would take longer than all the rest.
        AddJob(Job.Default.WithArguments([new MsBuildArgument("/p:RunAnalyzers=false")]).AsMutator());
        WithBuildTimeout(TimeSpan.FromMinutes(10));
    }
}
