using System.Numerics;
using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

/// <summary>Reproducible arrays, and the questions that kernel tests ask about them.</summary>
internal static class Numbers
{
    /// <summary>Normal numbers.</summary>
    public static float[] Random(int count, long seed)
    {
        var stream = new RandomStream(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)stream.NextGaussian();
        return values;
    }

    public static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary>Zeros, or random numbers to be added to.</summary>
    public static float[] Start(int count, bool accumulate) => accumulate ? Random(count, 99) : new float[count];

    /// <summary>The vector widths that this processor can run.</summary>
    public static IEnumerable<VectorWidth> Widths => Enum.GetValues<VectorWidth>().Where(VectorWidths.IsSupported);

    /// <summary>Differs by at most this share of the largest expected value, or of 1 if that is more.</summary>
    public static void AssertCloseToLargest(double[] expected, float[] actual, double tolerance)
    {
        double largest = expected.Length == 0 ? 1 : Math.Max(1, expected.Max(Math.Abs));
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * largest,
                $"Element {i}: expected {expected[i]}, got {actual[i]}; the largest is {largest}.");
    }

    public static void AssertClose(double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))))
                Assert.Fail($"Element {i}: expected {expected[i]}, got {actual[i]}.");
    }

    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail($"Element {i}: expected {expected[i]:R}, got {actual[i]:R}.");
    }

    /// <summary>
    /// The slope of a scalar function along each element of x, by central differences in double precision.
    /// </summary>
    public static double[] Differences(double[] x, Func<double[], double> function)
    {
        const double Step = 1e-6;
        double[] slopes = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double kept = x[i];
            x[i] = kept + Step;
            double above = function(x);
            x[i] = kept - Step;
            slopes[i] = (above - function(x)) / (2 * Step);
            x[i] = kept;
        }
        return slopes;
    }

    public static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    public static T[] Filled<T>(int count, T value) where T : INumber<T>
    {
        T[] values = new T[count];
        Array.Fill(values, value);
        return values;
    }
}
