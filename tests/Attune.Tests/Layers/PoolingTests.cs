using Attune.Arrays;
using Attune.Graph;
using Type = Attune.Format.Specification.PoolingLayerParams.Types.PoolingType;

namespace Attune.Tests.Layers;

public class PoolingTests
{
    // x = torch.arange(40).reshape(1,2,5,4) % 7 - 3
    private static readonly double[] X = [.. Enumerable.Range(0, 40).Select(i => i % 7 - 3.0)];

    [Fact]
    public void Largest_elements_match_PyTorch_with_the_last_pixel_included()
    {
        // F.max_pool2d(x, (3,2), (2,2), (1,1), ceil_mode=True)
        double[] expected = [1, 3, 0, 2, 3, 1, 2, 3, 2, 3, 2, 3, 1, 3, 3, 1, 3, 1];

        Assert.Equal(expected, Specified.Run(LastPixel(Type.Max), Shape.Of(1, 2, 5, 4), X));
    }

    [Theory]
    // F.avg_pool2d(x, (3,2), (2,2), (1,1), ceil_mode=True), first channel, times 6
    [InlineData(false, new double[] { -2, 2, -3, 1, 4, -4, 1, 1, 0 })]
    // the same with count_include_pad=False: divided by 2, 4, 2; 3, 6, 3; 2, 4, 2 instead of 6
    [InlineData(true, new double[] { -6, 3, -9, 2, 4, -8, 3, 1.5, 0 })]
    public void Means_match_PyTorch(bool excludesPadding, double[] timesSix)
    {
        double[] y = Specified.Run(LastPixel(Type.Average, excludesPadding), Shape.Of(1, 2, 5, 4), X);

        for (int i = 0; i < timesSix.Length; i++)
            Assert.Equal(timesSix[i] / 6, y[i], 12);
    }

    [Fact]
    public void The_L2_norm_is_the_root_of_the_sum_of_squares()
    {
        Layer layer = Specified.Read(new() { Pooling = new() { Type = Type.L2, GlobalPooling = true } });

        Assert.Equal([5.0], Specified.Run(layer, Shape.Of(1, 1, 1, 2), 3, 4));   // √(9+16)
    }

    [Theory]
    [InlineData(0UL, 5, 2, 2, 3)]   // ⌈(5−2)/2⌉+1 = 3: windows at 0, 2, 4, the last one cut off
    [InlineData(1UL, 4, 2, 2, 3)]   // ⌈(4+2−2)/2⌉+1 = 3: at −1, 1, 3
    [InlineData(1UL, 3, 2, 2, 2)]   // ⌈(3+2−2)/2⌉+1 = 3, but the last would start at 3, behind the image
    public void The_last_pixel_has_a_window(ulong padding, int size, int kernel, int stride, int expected)
    {
        Layer layer = Specified.Read(new()
        {
            Pooling = new()
            {
                KernelSize = { (ulong)kernel, (ulong)kernel }, Stride = { (ulong)stride, (ulong)stride },
                IncludeLastPixel = new() { PaddingAmounts = { padding, padding } },
            },
        });

        Assert.Equal(Shape.Of(1, 1, expected, expected), Specified.InferOne(layer, Shape.Of(1, 1, size, size)));
    }

    [Fact]
    public void Windows_of_nothing_but_padding_are_refused()
    {
        Layer layer = Specified.Read(new() { Pooling = new() { Valid = LayerCases.Borders(3, 0, 0, 0) } });

        var error = Assert.Throws<MLModelFormatException>(() => layer.Infer([Shape.Of(1, 1, 5, 5)]));

        Assert.Equal(
            "Layer 'it' (pooling) takes a padding and a stride with which every window holds elements of the " +
            "image; got [1×1×5×5].",
            error.Message);
    }

    private static Layer LastPixel(Type type, bool excludesPadding = false) => Specified.Read(new()
    {
        Pooling = new()
        {
            Type = type, KernelSize = { 3, 2 }, Stride = { 2, 2 }, AvgPoolExcludePadding = excludesPadding,
            IncludeLastPixel = new() { PaddingAmounts = { 1, 1 } },
        },
    });
}
