using Attune.Kernels;

namespace Attune.Tests.Kernels;

public class KernelChoiceTests
{
    [Theory]
    [InlineData("avx512", 16)]
    [InlineData("avx2", 8)]
    [InlineData("vector128", 4)]
    [InlineData("scalar", 1)]
    [InlineData("", 16)]
    [InlineData(null, 16)]
    public void A_family_has_its_width(string? setting, int floats) =>
        Assert.Equal((VectorWidth)floats, KernelChoice.Of(setting, VectorWidth.Vector512));

    [Fact]
    public void A_family_that_the_processor_lacks_is_refused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => KernelChoice.Of("avx512", VectorWidth.Vector256));

        Assert.Contains("'avx512'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Vector256 at most", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_family_is_refused_with_the_known_ones()
    {
        var thrown = Assert.Throws<ArgumentException>(() => KernelChoice.Of("sse", VectorWidth.Vector256));

        Assert.Contains("avx512, avx2, vector128 or scalar; got 'sse'", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>This very process may run under the variable: then it is what the kernels use.</summary>
    [Fact]
    public void The_environment_decides()
    {
        string? setting = Environment.GetEnvironmentVariable(KernelChoice.Variable);

        if (!string.IsNullOrEmpty(setting))
            Assert.Equal(KernelChoice.Of(setting, VectorWidth.Vector512), VectorWidths.Best);
        Assert.Equal(VectorWidths.Best, Numbers.Widths.Max());
    }
}
