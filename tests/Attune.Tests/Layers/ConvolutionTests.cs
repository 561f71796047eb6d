using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Same = Attune.Format.Specification.SamePadding.Types.SamePaddingMode;

namespace Attune.Tests.Layers;

public class ConvolutionTests
{
    [Fact]
    public void Forward_matches_PyTorch_with_groups_dilation_stride_and_uneven_borders()
    {
        // x = torch.arange(40).reshape(1,2,5,4) % 7 - 3; w = torch.arange(24).reshape(4,1,3,2) % 5 - 2; b = [1,2,3,4]
        // F.conv2d(F.pad(x,(1,2,0,1)), w, b, stride=(1,2), dilation=(2,1), groups=2)
        Layer layer = Specified.Read(new()
        {
            Convolution = new()
            {
                OutputChannels = 4, KernelChannels = 1, NGroups = 2, KernelSize = { 3, 2 }, Stride = { 1, 2 },
                DilationFactor = { 2, 1 }, Valid = LayerCases.Borders(0, 1, 1, 2), HasBias = true,
                Weights = Specified.Weights([.. Enumerable.Range(0, 24).Select(i => i % 5 - 2f)]),
                Bias = Specified.Weights(1, 2, 3, 4),
            },
        });

        double[] y = Specified.Run(layer, Shape.Of(1, 2, 5, 4), [.. Enumerable.Range(0, 40).Select(i => i % 7 - 3.0)]);

        Assert.Equal(Shape.Of(1, 4, 2, 3), Specified.InferOne(layer, Shape.Of(1, 2, 5, 4)));
        Assert.Equal([4.0, 4, 5, 2, -9, 7, -1, 2, -1, 6, -3, 3, 12, 0, 2, 1, 3, -3, 11, 2, 3, 3, 2, 13], y);
    }

    [Fact]
    public void Deconvolution_matches_PyTorch_with_groups_stride_and_cut_borders()
    {
        // x = [1,2,3,4,-1,0,2,1] as (1,2,2,2); w = torch.arange(24).reshape(2,2,3,2) % 5 - 2; b = [1,2,3,4]
        // F.conv_transpose2d(x, w, b, stride=(2,1), groups=2)[:,:,1:,:-1]
        Layer layer = Specified.Read(new()
        {
            Convolution = new()
            {
                OutputChannels = 4, KernelChannels = 2, NGroups = 2, KernelSize = { 3, 2 }, Stride = { 2, 1 },
                IsDeconvolution = true, Valid = LayerCases.Borders(1, 0, 0, 1), HasBias = true,
                Weights = Specified.Weights([.. Enumerable.Range(0, 24).Select(i => i % 5 - 2f)]),
                Bias = Specified.Weights(1, 2, 3, 4),
            },
        });

        double[] y = Specified.Run(layer, Shape.Of(1, 2, 2, 2), 1, 2, 3, 4, -1, 0, 2, 1);

        Assert.Equal(
            [
                1.0, 2, -3, -8, 1, 4, 7, 3, 3, 6, -3, -7, 5, 12, -4, -9,
                1, 5, 4, 5, 7, 1, 1, 2, 6, 5, 6, 8, 0, 0, 4, 6,
            ],
            y);
    }

    [Fact]
    public void The_window_is_not_flipped()
    {
        Layer layer = Specified.Read(Row(new() { Valid = new() }));

        // 1·1+2·10+3·100, 2·1+3·10+4·100
        Assert.Equal([321.0, 432.0], Specified.Run(layer, Shape.Of(1, 1, 1, 4), 1, 2, 3, 4));
    }

    [Theory]
    [InlineData(false, new double[] { 321, 43 })]   // two windows of three over five: one zero, at the right
    [InlineData(true, new double[] { 210, 432 })]      // the same zero at the left
    public void Same_padding_puts_an_odd_zero_where_the_mode_says(bool startHeavy, double[] expected)
    {
        Same mode = startHeavy ? Same.TopLeftHeavy : Same.BottomRightHeavy;
        Layer layer = Specified.Read(Row(new() { Same = new() { AsymmetryMode = mode }, Stride = { 1, 2 } }));

        Assert.Equal(expected, Specified.Run(layer, Shape.Of(1, 1, 1, 4), 1, 2, 3, 4));
    }

    [Theory]
    [InlineData(0UL, 5, 3)]    // not set: 3×3, valid
    [InlineData(2UL, 5, 4)]
    public void A_kernel_that_is_not_set_is_3_by_3(ulong kernel, int size, int expected)
    {
        ConvolutionLayerParams fields = new() { Valid = new() };
        if (kernel > 0)
            fields.KernelSize.AddRange([kernel, kernel]);
        Layer layer = Specified.Read(new() { Convolution = LayerCases.Convolution(1, 1, fields) });

        Assert.Equal(Shape.Of(1, 1, expected, expected), Specified.InferOne(layer, Shape.Of(1, 1, size, size)));
    }

    [Fact]
    public void A_deconvolution_spreads_its_window_by_the_dilation()
    {
        ConvolutionLayerParams fields = new() { IsDeconvolution = true, Valid = new(), DilationFactor = { 1, 2 } };
        Layer layer = Specified.Read(Row(fields));

        // 2·[1, 0, 10, 0, 100] from the first place, 3 times the same from the second
        Assert.Equal([2.0, 3, 20, 30, 200, 300], Specified.Run(layer, Shape.Of(1, 1, 1, 2), 2, 3));
    }

    [Fact]
    public void A_deconvolution_makes_the_size_that_the_file_wants()
    {
        Layer layer = Specified.Read(new()
        {
            Convolution = LayerCases.Convolution(
                1, 1, new() { IsDeconvolution = true, OutputShape = { 7, 8 }, Stride = { 2, 2 } }),
        });

        Assert.Equal(Shape.Of(1, 1, 7, 8), Specified.InferOne(layer, Shape.Of(1, 1, 3, 4)));
    }

    [Theory]
    [InlineData("kernel", "Layer 'it' (convolution) takes a kernel size from 1 to 16777216; got 0.")]
    [InlineData("stride", "Layer 'it' (convolution) takes a stride from 1 to 16777216; got 0.")]
    [InlineData(
        "border", "Layer 'it' (convolution) takes a border amount from 0 to 16777216; got 18446744073709551615.")]
    [InlineData("channels", "Layer 'it' (convolution) takes a number of output channels from 1 to 16777216; got 0.")]
    [InlineData(
        "groups", "Layer 'it' (convolution) takes a number of output channels that its 2 groups divide; got 3.")]
    [InlineData("sizes", "Layer 'it' (convolution) takes two numbers (height, width) for its kernel size; got 1.")]
    public void Hostile_numbers_are_refused(string what, string expected)
    {
        ConvolutionLayerParams fields = LayerCases.Convolution(1, 3, new() { Valid = new() });
        if (what == "kernel") fields.KernelSize.AddRange([0, 1]);
        if (what == "stride") fields.Stride.AddRange([1, 0]);
        if (what == "border") fields.Valid = LayerCases.Borders(0, ulong.MaxValue, 0, 0);
        if (what == "channels") fields.OutputChannels = 0;
        if (what == "groups") fields.NGroups = 2;
        if (what == "sizes") fields.KernelSize.Add(3);

        var error = Assert.Throws<MLModelFormatException>(() => Specified.Read(new() { Convolution = fields }));

        Assert.Equal(expected, error.Message);
    }

    [Theory]
    [InlineData(1, 2, 5, "Layer 'it' (convolution) takes 1 channels (axis -3); got [1×2×5×5].")]
    [InlineData(
        1,
        1,
        2,
        "Layer 'it' (convolution) takes images that hold a window of 3×3 and whose result fits memory; " +
        "got [1×1×2×2].")]
    public void Images_that_do_not_fit_are_refused(int batch, int channels, int size, string expected)
    {
        Layer layer = Specified.Read(new() { Convolution = LayerCases.Convolution(1, 1, new() { Valid = new() }) });

        var error = Assert.Throws<MLModelFormatException>(() => layer.Infer([Shape.Of(batch, channels, size, size)]));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Borders_that_no_memory_holds_are_refused()
    {
        Layer layer = Specified.Read(new()
        {
            Convolution = LayerCases.Convolution(
                1, 1, new() { Valid = LayerCases.Borders(1 << 24, 1 << 24, 1 << 24, 1 << 24) }),
        });

        Assert.Throws<MLModelFormatException>(() => layer.Infer([Shape.Of(1, 1, 5, 5)]));
    }

    [Fact]
    public void Weights_of_another_count_are_refused()
    {
        ConvolutionLayerParams fields = LayerCases.Convolution(1, 1, new() { Valid = new() });
        fields.Weights = Specified.Weights(1, 2);

        Assert.Throws<MLModelFormatException>(() => Specified.Read(new() { Convolution = fields }));
    }

    // One channel, a window of [1, 10, 100] along the width.
    private static NeuralNetworkLayer Row(ConvolutionLayerParams fields)
    {
        fields.OutputChannels = 1;
        fields.KernelChannels = 1;
        fields.KernelSize.AddRange([1, 3]);
        fields.Weights = Specified.Weights(1, 10, 100);
        return new() { Convolution = fields };
    }
}
