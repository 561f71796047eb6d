using Attune.Arrays;
using Attune.Graph;
using Attune.Layers;

namespace Attune.Tests.Layers;

public class ReductionTests
{
    [Theory]
    [InlineData(ReductionKind.Sum, new double[] { -2, 7 })]        // 1-3, 3+4
    [InlineData(ReductionKind.Mean, new double[] { -1, 3.5 })]
    [InlineData(ReductionKind.Product, new double[] { -3, 12 })]
    [InlineData(ReductionKind.SumSquare, new double[] { 10, 25 })]  // 1+9, 9+16
    [InlineData(ReductionKind.L1, new double[] { 4, 7 })]
    [InlineData(ReductionKind.Max, new double[] { 1, 4 })]
    [InlineData(ReductionKind.Min, new double[] { -3, 3 })]
    public void Rows_become_numbers(object kind, double[] expected)
    {
        Assert.Equal(expected, Specified.Run(
            new Reduction("it", "reduce", (ReductionKind)kind, false, 0, -1), Shape.Of(2, 2), 1, -3, 3, 4));
    }

    [Theory]
    [InlineData(true, new[] { 1, 3, 1 })]
    [InlineData(false, new[] { 3 })]
    public void Axes_stay_or_go(bool keeps, int[] expected)
    {
        Layer layer = new Reduction("it", "reduceSum", ReductionKind.Sum, keeps, 0, 0, -1);

        Assert.Equal(Shape.Of(expected), Specified.InferOne(layer, Shape.Of(2, 3, 4)));
        Assert.Equal(Shape.Of(1), Specified.InferOne(
            new Reduction("it", "reduceSum", ReductionKind.Sum, false, 0), Shape.Of(2, 3)));
    }

    [Fact]
    public void Large_exponents_do_not_overflow()
    {
        double[] y = Specified.Run(
            new Reduction("it", "reduceLogSumExp", ReductionKind.LogSumExp, false, 0, 0), Shape.Of(2), 1000, 1000);

        Assert.Equal(1000 + Math.Log(2), y[0], 12);   // log(2·e^1000)
    }

    [Theory]
    [InlineData(0.5, 0.5204998778130465)]   // math.erf
    [InlineData(-2, -0.9953222650189527)]
    [InlineData(7, 1)]
    public void The_error_function_is_Pythons(double x, double expected)
    {
        Assert.Equal(expected, Attune.Kernels.ErrorFunction.Of(x), 14);
    }
}
