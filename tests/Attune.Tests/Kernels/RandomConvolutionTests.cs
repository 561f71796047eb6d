using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

/// <summary>
/// Convolutions of random sizes, with paddings that differ from side to side, and large ones that are cut into bands,
/// against the reference. Their tensors lie between NaNs: what is read beyond them reaches a result, what is written
/// beyond them is seen.
/// </summary>
public class RandomConvolutionTests
{
    private const int Cases = 60;
    private const int Margin = 400;
    private const double Tolerance = 2e-5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void They_are_as_the_reference_says_for_any_number_of_threads(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Cases; i++)
        {
            ConvolutionGeometry g = Geometry(random);
            int batch = random.Next(1, 4);
            try
            {
                CheckForward(g, batch, random);
                CheckGradients(g, batch, random);
            }
            catch (Xunit.Sdk.XunitException error)
            {
                Assert.Fail($"Case {i}, {batch} samples of {g}: {error.Message}");
            }
        }
    }

    public static TheoryData<int, int, int, int, int, int, int, int, int, int> InBands => new()
    {
        // channels, height, width, outputs, kernel, stride, dilation, then padding above and left, below, right
        { 3, 61, 70, 9, 3, 2, 1, 1, 1, 1 },
        { 2, 50, 70, 3, 5, 1, 2, 3, 3, 3 },
        { 2, 90, 120, 3, 2, 3, 1, 1, 1, 1 },
        { 3, 60, 60, 8, 3, 1, 1, 0, 2, 0 },
        { 3, 60, 60, 8, 3, 1, 1, 2, 0, 2 },
        { 3, 64, 200, 8, 5, 1, 1, 3, 0, 0 },
    };

    [Theory, MemberData(nameof(InBands))]
    public void Short_filters_are_as_the_reference_says(
        int channels, int height, int width, int outputs, int kernel, int stride, int dilation, int topLeft, int below,
        int right)
    {
        int reach = (kernel - 1) * dilation + 1;
        var g = new ConvolutionGeometry(
            channels, height, width, outputs, (height + topLeft + below - reach) / stride + 1,
            (width + topLeft + right - reach) / stride + 1, kernel, kernel, stride, stride, dilation, dilation,
            topLeft, topLeft, 1);

        CheckForward(g, batch: 2, new Random(1));
        CheckGradients(g, batch: 2, new Random(1));
    }

    /// <summary>Rows of zeros above only, and a window higher than wide: a band begins where they end.</summary>
    [Fact]
    public void A_band_may_begin_where_the_padding_ends() => CheckForward(
        new ConvolutionGeometry(3, 64, 200, 8, 59, 198, 9, 3, 1, 1, 1, 1, 3, 0, 1), batch: 1, new Random(1));

    private static void CheckForward(in ConvolutionGeometry g, int batch, Random random)
    {
        float[] x = Numbers.Random(batch * g.InputCount, random.Next());
        float[] w = Numbers.Random(g.WeightCount, random.Next());
        float[] bias = random.Next(2) == 0 ? [] : Numbers.Random(g.OutputChannels, random.Next());
        float[] expected = new float[batch * g.OutputCount];
        ConvolutionReference.Forward<float>(g, batch, x, w, bias, expected);

        float[] apart = Apart(x);
        float[] one = Forward(Workers.Single, g, batch, apart, w, bias);

        Numbers.AssertCloseToLargest(Array.ConvertAll(expected, value => (double)value), one, Tolerance);
        Numbers.AssertSameBits(one, Forward(Workers.For(3), g, batch, apart, w, bias));
    }

    private static float[] Forward(
        Workers workers, in ConvolutionGeometry g, int batch, float[] apart, float[] w, float[] bias)
    {
        float[] y = Apart(new float[batch * g.OutputCount]);
        Convolution.Forward<float>(workers, g, batch, Inside(apart), w, bias, Inside(y));
        return Taken(y);
    }

    private static void CheckGradients(in ConvolutionGeometry g, int batch, Random random)
    {
        float[] x = Numbers.Random(batch * g.InputCount, random.Next());
        float[] w = Numbers.Random(g.WeightCount, random.Next());
        float[] dy = Numbers.Random(batch * g.OutputCount, random.Next());
        float[] dx = new float[x.Length], dw = new float[w.Length];
        ConvolutionReference.AddInputGradient<float>(g, batch, dy, w, dx);
        ConvolutionReference.AddWeightGradient<float>(g, batch, x, dy, dw);

        float[] foundX = Apart(new float[x.Length]), foundW = Apart(new float[w.Length]);
        Convolution.AddInputGradient<float>(
            Workers.For(2), g, batch, Inside(Apart(dy)), w, Inside(foundX), isFirst: random.Next(2) == 0);
        Convolution.AddWeightGradient<float>(
            Workers.For(2), g, batch, Inside(Apart(x)), Inside(Apart(dy)), Inside(foundW));

        Numbers.AssertCloseToLargest(Array.ConvertAll(dx, value => (double)value), Taken(foundX), Tolerance);
        Numbers.AssertCloseToLargest(Array.ConvertAll(dw, value => (double)value), Taken(foundW), Tolerance);
    }

    private static ConvolutionGeometry Geometry(Random random)
    {
        while (true)
        {
            int groups = random.Next(4) == 0 ? random.Next(1, 4) : 1;
            bool isPointwise = random.Next(3) == 0;
            int Kernel() => isPointwise ? 1 : random.Next(1, 6);
            int Often1(int most) => random.Next(2) == 0 ? 1 : random.Next(1, most + 1);
            int Often0(int most) => random.Next(2) == 0 ? 0 : random.Next(0, most + 1);
            (int kernelHeight, int kernelWidth) = (Kernel(), Kernel());
            (int strideHeight, int strideWidth) = (Often1(4), Often1(4));
            (int dilationHeight, int dilationWidth) = (Often1(3), Often1(3));
            (int top, int left, int below, int right) = (Often0(5), Often0(5), Often0(5), Often0(5));
            (int height, int width) = (random.Next(1, 70), random.Next(1, 110));
            int channels = groups * random.Next(1, isPointwise ? 60 : 20);
            int outputs = groups * (random.Next(3) == 0 ? 8 * random.Next(1, 4) : random.Next(1, 20));
            int freeHeight = height + top + below - (kernelHeight - 1) * dilationHeight - 1;
            int freeWidth = width + left + right - (kernelWidth - 1) * dilationWidth - 1;
            if (freeHeight < 0 || freeWidth < 0)
                continue;
            var g = new ConvolutionGeometry(
                channels, height, width, outputs, freeHeight / strideHeight + 1, freeWidth / strideWidth + 1,
                kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left, groups);
            if ((long)g.OutputCount * g.FilterSize < 2_000_000)
                return g;
        }
    }

    private static float[] Apart(float[] values)
    {
        float[] apart = new float[values.Length + 2 * Margin];
        Array.Fill(apart, float.NaN);
        values.CopyTo(apart, Margin);
        return apart;
    }

    private static Span<float> Inside(float[] apart) => apart.AsSpan(Margin, apart.Length - 2 * Margin);

    private static float[] Taken(float[] apart)
    {
        Assert.All(apart[..Margin], value => Assert.True(float.IsNaN(value), "Something was written before it."));
        Assert.All(apart[^Margin..], value => Assert.True(float.IsNaN(value), "Something was written behind it."));
        return Inside(apart).ToArray();
    }
}
