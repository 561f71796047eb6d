using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;

namespace Attune.Benchmarks.Kernels;

/// <summary>Each operation beside its plain loop, which is 1.00.</summary>
public sealed class KernelConfig : ManualConfig
{
    public KernelConfig()
    {
        AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory);
        AddColumn(CategoriesColumn.Default);
        HideColumns(Column.StdDev, Column.RatioSD);
    }
}
