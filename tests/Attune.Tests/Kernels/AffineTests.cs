using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

public class AffineTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 7)]
    [InlineData(2, 3, 35)]
    [InlineData(5, 8, 900)]
    public void Every_length_agrees_with_plain_loops(int batch, int channels, int inner)
    {
        int count = batch * channels * inner;
        float[] x = Numbers.Random(count, 1), dy = Numbers.Random(count, 2), scale = Numbers.Random(channels, 3),
            shift = Numbers.Random(channels, 4);
        float[] y = new float[count], dx = Numbers.Random(count, 5), dscale = new float[channels],
            dshift = new float[channels];
        float[] expectedY = new float[count], expectedDx = [.. dx];
        double[] expectedDscale = new double[channels], expectedDshift = new double[channels];
        for (int i = 0; i < count; i++)
        {
            int c = i / inner % channels;
            expectedY[i] = x[i] * scale[c] + shift[c];
            expectedDx[i] += dy[i] * scale[c];
            expectedDscale[c] += (double)dy[i] * x[i];
            expectedDshift[c] += dy[i];
        }

        Affine.Forward<float>(Workers.For(2), batch, channels, inner, scale, shift, x, y);
        Affine.AddInputGradient<float>(Workers.For(2), batch, channels, inner, scale, dy, dx);
        Affine.AddScaleGradient<float>(Workers.For(2), batch, channels, inner, x, dy, dscale);
        Affine.AddShiftGradient<float>(Workers.For(2), batch, channels, inner, dy, dshift);

        Numbers.AssertSameBits(expectedY, y);
        Numbers.AssertSameBits(expectedDx, dx);
        // float32, sums of at most 4500 terms of size 1
        Numbers.AssertClose(expectedDscale, dscale, 1e-4);
        Numbers.AssertClose(expectedDshift, dshift, 1e-4);
    }

    [Fact]
    public void The_number_of_threads_does_not_show()
    {
        float[] x = Numbers.Random(9 * 5 * 1001, 1), dy = Numbers.Random(x.Length, 2), one = new float[5],
            many = new float[5];

        Affine.AddScaleGradient<float>(Workers.Single, 9, 5, 1001, x, dy, one);
        Affine.AddScaleGradient<float>(Workers.For(8), 9, 5, 1001, x, dy, many);

        Numbers.AssertSameBits(one, many);
    }

    [Fact]
    public void Rows_add_and_sum()
    {
        float[] matrix = [1, 2, 3, 4, 5, 6], sums = [10, 20, 30];

        Rows.AddSum<float>(matrix, sums);
        Rows.Add<float>(matrix, [100, 200, 300]);

        Assert.Equal([15, 27, 39], sums); // 10+1+4, 20+2+5, 30+3+6
        Assert.Equal([101, 202, 303, 104, 205, 306], matrix);
        Assert.Throws<ArgumentException>(() => Rows.Add<float>(new float[7], new float[3]));
    }
}
