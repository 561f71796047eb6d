using Attune.Kernels;

namespace Attune.Tests.Kernels;

/// <summary>Where it runs, nobody would hear of an error.</summary>
public class KernelWarmUpTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_smallest_problems_are_no_mistakes(bool windows) => KernelWarmUp.Run(windows);
}
