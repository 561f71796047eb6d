using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

public class ConvolutionTests
{
    /// <summary>Batch and geometry by name, so that a failure says which kind it was.</summary>
    public static TheoryData<string> Cases => [.. Geometries.Keys];

    private static Dictionary<string, ConvolutionGeometry> Geometries { get; } = new()
    {
        ["3x3"] = Geometry(3, 9, 8, 5, 3, 3),
        ["3x3 one channel"] = Geometry(1, 28, 28, 32, 3, 3),
        ["3x3 padded"] = Geometry(4, 7, 9, 6, 3, 3, pad: 1),
        ["3x3 wide"] = Geometry(2, 4, 70, 9, 3, 3, pad: 1),
        ["3x3 stride 2 padded"] = Geometry(3, 11, 12, 7, 3, 3, stride: 2, pad: 1),
        ["3x3 wide rows"] = Geometry(2, 5, 33, 9, 3, 3, stride: 1),
        ["3x3 stride 2 wide rows"] = Geometry(3, 9, 130, 5, 3, 3, stride: 2),
        ["1x1"] = Geometry(10, 7, 7, 17, 1, 1),
        ["1x1 stride 2"] = Geometry(5, 8, 7, 3, 1, 1, stride: 2),
        ["1x1 padded"] = Geometry(5, 4, 4, 3, 1, 1, pad: 1),
        ["7x7 stride 2 padded"] = Geometry(3, 21, 19, 8, 7, 7, stride: 2, pad: 3),
        ["5x3 dilated"] = Geometry(2, 14, 15, 4, 5, 3, dilation: 2, pad: 2),
        ["grouped"] = Geometry(6, 8, 8, 4, 3, 3, pad: 1, groups: 2),
        ["depthwise"] = Geometry(5, 9, 9, 5, 3, 3, pad: 1, groups: 5),
        ["depthwise wide"] = Geometry(3, 5, 50, 3, 3, 3, pad: 1, groups: 3),
        ["depthwise stride 2"] = Geometry(5, 9, 10, 5, 3, 3, stride: 2, pad: 1, groups: 5),
        ["depthwise, short rows"] = Geometry(9, 7, 7, 9, 3, 3, pad: 1, groups: 9),
        ["depthwise stride 2, long rows"] = Geometry(3, 70, 71, 3, 3, 3, stride: 2, pad: 1, groups: 3),
        ["depthwise stride 2, no padding"] = Geometry(2, 16, 37, 2, 3, 3, stride: 2, groups: 2),
        ["depthwise, wide padding"] = Geometry(4, 5, 6, 4, 3, 3, pad: 4, groups: 4),
        ["depthwise stride 2, wide padding"] = Geometry(4, 6, 5, 4, 3, 3, stride: 2, pad: 4, groups: 4),
        ["depthwise 5x5"] = Geometry(3, 12, 20, 3, 5, 5, pad: 2, groups: 3),
        ["1x1, many outputs"] = Geometry(300, 7, 7, 150, 1, 1),
        ["1x1, many positions"] = Geometry(33, 30, 41, 20, 1, 1),
        ["depthwise two each"] = Geometry(3, 9, 9, 6, 3, 3, groups: 3),
        ["window larger than input"] = Geometry(2, 2, 2, 3, 5, 5, pad: 2),
        ["one position"] = Geometry(40, 3, 3, 20, 3, 3),
        ["many channels"] = Geometry(70, 6, 6, 50, 3, 3, pad: 1),
        ["many channels, odd"] = Geometry(13, 9, 15, 19, 3, 3),
        ["many channels, wide"] = Geometry(16, 7, 108, 12, 3, 3, pad: 1),
        ["tiles of 4, padded"] = Geometry(16, 27, 27, 20, 3, 3, pad: 1),
        ["tiles of 4 without gaps"] = Geometry(24, 13, 13, 12, 3, 3, pad: 1),
        ["tiles of 4, hanging over"] = Geometry(12, 21, 18, 33, 3, 3, pad: 1),
        ["tiles of 4, more channels than a block"] = Geometry(300, 10, 10, 12, 3, 3),
        ["tiles of 2"] = Geometry(16, 8, 8, 24, 3, 3, pad: 1),
        ["many channels, padding beyond a window"] = Geometry(16, 8, 8, 16, 3, 3, pad: 5),
        ["many channels, padding far beyond a window"] = Geometry(16, 8, 8, 16, 3, 3, pad: 40),
        ["depthwise, padding beyond a window"] = Geometry(1, 8, 8, 1, 3, 3, pad: 5),
        ["depthwise, padding far beyond a window"] = Geometry(5, 6, 6, 5, 3, 3, pad: 12, groups: 5),
        ["2x2 stride 2, one column"] = Geometry(3, 6, 2, 2, 2, 2, stride: 2),
        ["4x4 stride 4, one column"] = Geometry(3, 12, 4, 2, 4, 4, stride: 4),
        ["2x2 stride 2, two columns"] = Geometry(3, 8, 4, 2, 2, 2, stride: 2),
        ["padding beyond a window"] = Geometry(2, 3, 3, 2, 2, 2, pad: 3),
    };

    private static ConvolutionGeometry Geometry(
        int channels, int height, int width, int outputs, int kernelHeight, int kernelWidth,
        int stride = 1, int pad = 0, int dilation = 1, int groups = 1)
    {
        int outputHeight = (height + 2 * pad - (kernelHeight - 1) * dilation - 1) / stride + 1;
        int outputWidth = (width + 2 * pad - (kernelWidth - 1) * dilation - 1) / stride + 1;
        return new ConvolutionGeometry(
            channels, height, width, outputs, outputHeight, outputWidth, kernelHeight, kernelWidth,
            stride, stride, dilation, dilation, pad, pad, groups);
    }

    [Fact]
    public void A_small_case_by_hand()
    {
        var g = Geometry(1, 2, 3, 1, 2, 2);
        float[] y = new float[2];

        Convolution.Forward<float>(Workers.Single, g, 1, [1, 2, 3, 4, 5, 6], [1, 10, 100, 1000], [0.5f], y);

        // 1·1+2·10+4·100+5·1000 + 0.5 and 2·1+3·10+5·100+6·1000 + 0.5
        Assert.Equal([5421.5f, 6532.5f], y);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_agrees_with_the_reference(string name)
    {
        const int Batch = 3;
        ConvolutionGeometry g = Geometries[name];
        float[] x = Numbers.Random(Batch * g.InputCount, 1), w = Numbers.Random(g.WeightCount, 2),
            bias = Numbers.Random(g.OutputChannels, 3);
        double[] expected = new double[Batch * g.OutputCount];
        float[] actual = new float[expected.Length];

        Convolution.Forward<double>(
            Workers.Single, g, Batch, Numbers.Doubles(x), Numbers.Doubles(w), Numbers.Doubles(bias), expected);
        Convolution.Forward<float>(Workers.For(2), g, Batch, x, w, bias, actual);

        // float32, sums of at most 2700 products of size 1; Winograd's form errs by the largest value of its tile
        Numbers.AssertCloseToLargest(expected, actual, 1e-5);
        Convolution.Forward<float>(Workers.For(2), g, Batch, x, w, bias, actual, rectify: true);
        Numbers.AssertCloseToLargest(Array.ConvertAll(expected, value => Math.Max(value, 0)), actual, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Packed_filters_give_the_same_bits(string name)
    {
        ConvolutionGeometry g = Geometries[name];
        float[] x = Numbers.Random(2 * g.InputCount, 1), w = Numbers.Random(g.WeightCount, 2),
            bias = Numbers.Random(g.OutputChannels, 3);
        float[] expected = new float[2 * g.OutputCount], actual = new float[2 * g.OutputCount];
        var filters = new PackedFilters(g, w);

        Convolution.Forward<float>(Workers.For(2), g, 2, x, w, bias, expected, rectify: true);
        Convolution.Forward(Workers.For(2), 2, x, filters, bias, actual, rectify: true);

        Numbers.AssertSameBits(expected, actual);
        Assert.Throws<ArgumentException>(() => Convolution.Forward(Workers.Single, 3, x, filters, bias, actual));
        Assert.Throws<ArgumentException>(() => new PackedFilters(g, w.AsSpan(1)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_vector_width_agrees_with_the_reference(string name)
    {
        const int Batch = 2;
        ConvolutionGeometry g = Geometries[name];
        float[] x = Numbers.Random(Batch * g.InputCount, 1), w = Numbers.Random(g.WeightCount, 2),
            dy = Numbers.Random(Batch * g.OutputCount, 3);
        double[] y = new double[dy.Length], dx = new double[x.Length], dw = new double[w.Length];
        Convolution.Forward<double>(Workers.Single, g, Batch, Numbers.Doubles(x), Numbers.Doubles(w), [], y);
        Convolution.AddInputGradient<double>(Workers.Single, g, Batch, Numbers.Doubles(dy), Numbers.Doubles(w), dx);
        Convolution.AddWeightGradient<double>(Workers.Single, g, Batch, Numbers.Doubles(x), Numbers.Doubles(dy), dw);

        foreach (VectorWidth width in Numbers.Widths)
        {
            float[] fastY = new float[y.Length], fastDx = new float[dx.Length], fastDw = new float[dw.Length];
            FloatConvolution.Forward(width, Workers.Single, g, Batch, x, w, [], fastY, rectify: false);
            FloatConvolution.AddInputGradient(width, Workers.Single, g, Batch, dy, w, fastDx);
            FloatConvolution.AddWeightGradient(width, Workers.Single, g, Batch, x, dy, fastDw);

            // float32, sums of at most 2700 products of size 1; Winograd's form errs by the largest value of its tile
            Numbers.AssertCloseToLargest(y, fastY, 1e-5);
            Numbers.AssertCloseToLargest(dx, fastDx, 1e-5);
            Numbers.AssertCloseToLargest(dw, fastDw, 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Input_gradient_agrees_with_the_reference(string name)
    {
        const int Batch = 2;
        ConvolutionGeometry g = Geometries[name];
        float[] dy = Numbers.Random(Batch * g.OutputCount, 1), w = Numbers.Random(g.WeightCount, 2);
        float[] actual = Numbers.Random(Batch * g.InputCount, 3);
        double[] expected = Numbers.Doubles(actual);

        Convolution.AddInputGradient<double>(
            Workers.Single, g, Batch, Numbers.Doubles(dy), Numbers.Doubles(w), expected);
        Convolution.AddInputGradient<float>(Workers.For(2), g, Batch, dy, w, actual);

        // float32, sums of at most 2700 products of size 1; Winograd's form errs by the largest value of its tile
        Numbers.AssertCloseToLargest(expected, actual, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_first_input_gradient_is_written_over_what_is_there_and_into_nothing_else(string name)
    {
        const int Batch = 2;
        ConvolutionGeometry g = Geometries[name];
        float[] dy = Numbers.Random(Batch * g.OutputCount, 1), w = Numbers.Random(g.WeightCount, 2);
        double[] expected = new double[Batch * g.InputCount];
        Convolution.AddInputGradient<double>(
            Workers.Single, g, Batch, Numbers.Doubles(dy), Numbers.Doubles(w), expected);

        foreach (VectorWidth width in Numbers.Widths)
        {
            float[] actual = Numbers.Random(expected.Length, 3);
            FloatConvolution.AddInputGradient(width, Workers.For(2), g, Batch, dy, w, actual, isFirst: true);

            // as above
            Numbers.AssertCloseToLargest(expected, actual, 1e-5);
        }
        // A write outside of the arrays ends the process here.
        GC.Collect();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weight_gradient_agrees_with_the_reference(string name)
    {
        const int Batch = 3;
        ConvolutionGeometry g = Geometries[name];
        float[] x = Numbers.Random(Batch * g.InputCount, 1), dy = Numbers.Random(Batch * g.OutputCount, 2);
        float[] actual = Numbers.Random(g.WeightCount, 3), bias = Numbers.Random(g.OutputChannels, 4);
        double[] expected = Numbers.Doubles(actual), expectedBias = Numbers.Doubles(bias);

        Convolution.AddWeightGradient<double>(
            Workers.Single, g, Batch, Numbers.Doubles(x), Numbers.Doubles(dy), expected);
        Convolution.AddWeightGradient<float>(Workers.For(2), g, Batch, x, dy, actual);
        Convolution.AddBiasGradient<double>(Workers.Single, g, Batch, Numbers.Doubles(dy), expectedBias);
        Convolution.AddBiasGradient<float>(Workers.For(2), g, Batch, dy, bias);

        // float32, sums of at most 2700 products of size 1; Winograd's form errs by the largest value of its tile
        Numbers.AssertCloseToLargest(expected, actual, 1e-5);
        Numbers.AssertCloseToLargest(expectedBias, bias, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_match_finite_differences(string name)
    {
        ConvolutionGeometry g = Geometries[name];
        if (g.InputCount + g.WeightCount > 700)
            g = g with { OutputChannels = g.Groups, InputChannels = g.Groups };
        double[] x = Numbers.Doubles(Numbers.Random(g.InputCount, 1)),
            w = Numbers.Doubles(Numbers.Random(g.WeightCount, 2));
        double[] dy = Numbers.Doubles(Numbers.Random(g.OutputCount, 3)), y = new double[g.OutputCount];
        double[] dx = new double[x.Length], dw = new double[w.Length];
        double Loss(double[] _)
        {
            Convolution.Forward<double>(Workers.Single, g, 1, x, w, [], y);
            return Numbers.Dot(y, dy);
        }

        Convolution.AddInputGradient<double>(Workers.Single, g, 1, dy, w, dx);
        Convolution.AddWeightGradient<double>(Workers.Single, g, 1, x, dy, dw);

        // linear in x and in w: only rounding, 1e-16·|loss| / 1e-6
        Assert.All(Numbers.Differences(x, Loss).Zip(dx), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.All(Numbers.Differences(w, Loss).Zip(dw), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_sample_has_the_same_bits_in_every_batch_and_thread_count(string name)
    {
        const int Batch = 5;
        ConvolutionGeometry g = Geometries[name];
        float[] x = Numbers.Random(Batch * g.InputCount, 1), w = Numbers.Random(g.WeightCount, 2),
            dy = Numbers.Random(Batch * g.OutputCount, 3);
        float[] y = new float[Batch * g.OutputCount], one = new float[g.OutputCount];
        float[] dx = new float[x.Length], dxOne = new float[g.InputCount];
        Convolution.Forward<float>(Workers.For(8), g, Batch, x, w, [], y);
        Convolution.AddInputGradient<float>(Workers.For(8), g, Batch, dy, w, dx);

        for (int n = 0; n < Batch; n++)
        {
            Convolution.Forward<float>(Workers.For(1 + n % 2), g, 1, x.AsSpan(n * g.InputCount), w, [], one);
            Numbers.AssertSameBits(y.AsSpan(n * g.OutputCount, g.OutputCount), one);
            Array.Clear(dxOne);
            Convolution.AddInputGradient<float>(Workers.For(1 + n % 2), g, 1, dy.AsSpan(n * g.OutputCount), w, dxOne);
            Numbers.AssertSameBits(dx.AsSpan(n * g.InputCount, g.InputCount), dxOne);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_weight_gradient_has_the_same_bits_on_any_number_of_threads(string name)
    {
        const int Batch = 7;
        ConvolutionGeometry g = Geometries[name];
        float[] x = Numbers.Random(Batch * g.InputCount, 1), dy = Numbers.Random(Batch * g.OutputCount, 2);
        float[] one = new float[g.WeightCount];
        Convolution.AddWeightGradient<float>(Workers.Single, g, Batch, x, dy, one);

        foreach (int threads in new[] { 2, 8 })
        {
            float[] many = new float[g.WeightCount];
            Convolution.AddWeightGradient<float>(Workers.For(threads), g, Batch, x, dy, many);
            Numbers.AssertSameBits(one, many);
        }
    }

    [Theory]
    [InlineData("3x3 padded")]
    [InlineData("1x1")]
    [InlineData("depthwise")]
    [InlineData("3x3 stride 2 padded")]
    public void NaN_reaches_the_windows_that_see_it_and_no_others(string name)
    {
        ConvolutionGeometry g = Geometries[name];
        float[] x = Numbers.Random(g.InputCount, 1), w = Numbers.Random(g.WeightCount, 2);
        x[g.InputWidth + 2] = float.NaN;
        float[] expected = new float[g.OutputCount], actual = new float[g.OutputCount];

        ConvolutionReference.Forward<float>(g, 1, x, w, [], expected);
        Convolution.Forward<float>(Workers.For(2), g, 1, x, w, [], actual);

        Assert.Contains(expected, float.IsNaN);
        Assert.Equal(Array.ConvertAll(expected, float.IsNaN), Array.ConvertAll(actual, float.IsNaN));
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        foreach (ConvolutionGeometry g in Geometries.Values)
        {
            float[] x = Numbers.Random(2 * g.InputCount, 1), w = Numbers.Random(g.WeightCount, 2),
                y = new float[2 * g.OutputCount];
            float[] db = new float[g.OutputChannels];
            Numbers.AssertNoAllocation(() =>
            {
                Convolution.Forward<float>(Workers.For(2), g, 2, x, w, [], y);
                Convolution.AddInputGradient<float>(Workers.For(2), g, 2, y, w, x);
                Convolution.AddWeightGradient<float>(Workers.For(2), g, 2, x, y, w);
                Convolution.AddBiasGradient<float>(Workers.For(2), g, 2, y, db);
            });
        }
    }

    [Fact]
    public void Short_spans_and_senseless_sizes_are_refused()
    {
        ConvolutionGeometry g = Geometries["1x1"];
        float[] x = new float[g.InputCount], w = new float[g.WeightCount], y = new float[g.OutputCount];

        Assert.Throws<ArgumentException>(() => Convolution.Forward<float>(Workers.Single, g, 2, x, w, [], y));
        Assert.Throws<ArgumentException>(() => Convolution.Forward<float>(Workers.Single, g, 1, x, w, [1], y));
        Assert.Throws<ArgumentException>(
            () => Convolution.Forward<float>(Workers.Single, g with { Groups = 3 }, 1, x, w, [], y));
        Assert.Throws<ArgumentException>(
            () => Convolution.Forward<float>(Workers.Single, g with { StrideWidth = 0 }, 1, x, w, [], y));
    }
}
