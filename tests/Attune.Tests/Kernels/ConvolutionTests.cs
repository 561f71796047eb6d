using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

public class ConvolutionTests
{
    /// <summary>Batch and geometry by name, so that a failure says which kind it was.</summary>
    public static TheoryData<string> Cases => [.. ConvolutionCases.ByName.Keys];

    [Fact]
    public void A_small_case_by_hand()
    {
        var g = ConvolutionCases.Of(1, 2, 3, 1, 2, 2);
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        ConvolutionGeometry g = ConvolutionCases.ByName[name];
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
        foreach (ConvolutionGeometry g in ConvolutionCases.ByName.Values)
        {
            float[] x = Numbers.Random(2 * g.InputCount, 1), w = Numbers.Random(g.WeightCount, 2),
                y = new float[2 * g.OutputCount];
            float[] db = new float[g.OutputChannels];
            Assert.Equal(0, Allocations.Of(() =>
            {
                Convolution.Forward<float>(Workers.For(2), g, 2, x, w, [], y);
                Convolution.AddInputGradient<float>(Workers.For(2), g, 2, y, w, x);
                Convolution.AddWeightGradient<float>(Workers.For(2), g, 2, x, y, w);
                Convolution.AddBiasGradient<float>(Workers.For(2), g, 2, y, db);
            }));
        }
    }

    [Fact]
    public void Short_spans_and_senseless_sizes_are_refused()
    {
        ConvolutionGeometry g = ConvolutionCases.ByName["1x1"];
        float[] x = new float[g.InputCount], w = new float[g.WeightCount], y = new float[g.OutputCount];

        Assert.Throws<ArgumentException>(() => Convolution.Forward<float>(Workers.Single, g, 2, x, w, [], y));
        Assert.Throws<ArgumentException>(() => Convolution.Forward<float>(Workers.Single, g, 1, x, w, [1], y));
        Assert.Throws<ArgumentException>(
            () => Convolution.Forward<float>(Workers.Single, g with { Groups = 3 }, 1, x, w, [], y));
        Assert.Throws<ArgumentException>(
            () => Convolution.Forward<float>(Workers.Single, g with { StrideWidth = 0 }, 1, x, w, [], y));
    }
}
