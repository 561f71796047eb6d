using System.Numerics;
using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

public class ActivationsTests
{
    public static TheoryData<string> Kinds => [.. Enum.GetNames<ActivationKind>()];

    /// <summary>Plain formulas, written again.</summary>
    private static double Formula(ActivationKind kind, double x, double a, double b) => kind switch
    {
        ActivationKind.ReLU => Math.Max(0, x),
        ActivationKind.LeakyReLU or ActivationKind.PReLU => x >= 0 ? x : a * x,
        ActivationKind.ThresholdedReLU => x >= a ? x : 0,
        ActivationKind.Tanh => Math.Tanh(x),
        ActivationKind.ScaledTanh => a * Math.Tanh(b * x),
        ActivationKind.Sigmoid => 1 / (1 + Math.Exp(-x)),
        ActivationKind.SigmoidHard => Math.Clamp(a * x + b, 0, 1),
        ActivationKind.ELU => x >= 0 ? x : a * (Math.Exp(x) - 1),
        ActivationKind.Softsign => x / (1 + Math.Abs(x)),
        ActivationKind.Softplus => Math.Log(1 + Math.Exp(x)),
        ActivationKind.ParametricSoftplus => a * Math.Log(1 + Math.Exp(b * x)),
        _ => a * x + b,
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_length_agrees_with_the_formula(string name)
    {
        ActivationKind kind = Enum.Parse<ActivationKind>(name);
        int width = Vector<float>.Count;
        foreach (int length in new[] { 0, 1, width - 1, width, width + 1, 4 * width + 3 })
        {
            float[] x = Numbers.Random(length, 1), y = new float[length];
            double[] doubles = new double[length];

            Activations.Forward<float>(Workers.Single, kind, 0.3f, 0.6f, x, y);
            Activations.Forward<double>(Workers.Single, kind, 0.3f, 0.6f, Numbers.Doubles(x), doubles);

            double[] expected = Array.ConvertAll(x, value => Formula(kind, value, 0.3f, 0.6f));
            // float32 functions are good to a few units in the last place
            Numbers.AssertClose(expected, y, 5e-7);
            for (int i = 0; i < length; i++)
                Assert.Equal(expected[i], doubles[i], 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_does_not_depend_on_its_place(string name)
    {
        ActivationKind kind = Enum.Parse<ActivationKind>(name);
        float[] x = Numbers.Random(45, 1), whole = new float[45], one = new float[1];
        Activations.Forward<float>(Workers.Single, kind, 0.3f, 0.6f, x, whole);

        for (int i = 0; i < x.Length; i++)
        {
            Activations.Forward<float>(Workers.Single, kind, 0.3f, 0.6f, x.AsSpan(i, 1), one);
            Numbers.AssertSameBits(whole.AsSpan(i, 1), one);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradient_matches_finite_differences(string name)
    {
        ActivationKind kind = Enum.Parse<ActivationKind>(name);
        double[] x = Numbers.Doubles(Numbers.Random(37, 2)), dy = Numbers.Doubles(Numbers.Random(37, 3)),
            y = new double[37], dx = new double[37];
        double Loss(double[] at)
        {
            Activations.Forward<double>(Workers.Single, kind, 0.3, 0.6, at, y);
            return Numbers.Dot(y, dy);
        }
        _ = Loss(x);

        Activations.AddInputGradient<double>(Workers.Single, kind, 0.3, 0.6, x, y, dy, dx);

        // central differences of 1e-6: truncation 1e-12, rounding 1e-10·|loss|
        Assert.All(Numbers.Differences(x, Loss).Zip(dx), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Float_gradient_agrees_with_double(string name)
    {
        ActivationKind kind = Enum.Parse<ActivationKind>(name);
        float[] x = Numbers.Random(37, 2), dy = Numbers.Random(37, 3), y = new float[37], dx = Numbers.Random(37, 4);
        double[] expectedY = new double[37], expected = Numbers.Doubles(dx);
        Activations.Forward<float>(Workers.Single, kind, 0.3f, 0.6f, x, y);
        Activations.Forward<double>(Workers.Single, kind, 0.3f, 0.6f, Numbers.Doubles(x), expectedY);

        Activations.AddInputGradient<float>(Workers.Single, kind, 0.3f, 0.6f, x, y, dy, dx);
        Activations.AddInputGradient<double>(
            Workers.Single, kind, 0.3f, 0.6f, Numbers.Doubles(x), expectedY, Numbers.Doubles(dy), expected);

        // float32: 1 - y² and the like lose a digit
        Numbers.AssertClose(expected, dx, 2e-6);
    }

    [Theory]
    [InlineData(nameof(ActivationKind.PReLU))]
    [InlineData(nameof(ActivationKind.ParametricSoftplus))]
    public void Parameters_per_channel_meet_their_channels(string name)
    {
        ActivationKind kind = Enum.Parse<ActivationKind>(name);
        const int Batch = 3, Channels = 4, Inner = 5000;
        float[] x = Numbers.Random(Batch * Channels * Inner, 1), y = new float[x.Length], dx = new float[x.Length];
        float[] a = [0.1f, 0.2f, 0.3f, 0.4f], b = [0.5f, 0.6f, 0.7f, 0.8f];

        Activations.Forward<float>(Workers.For(2), kind, a, b, Channels, Inner, x, y);
        Activations.AddInputGradient<float>(
            Workers.For(2), kind, a, b, Channels, Inner, x, y, Numbers.Filled(x.Length, 1f), dx);

        double[] expected = new double[x.Length], slopes = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int c = i / Inner % Channels;
            expected[i] = Formula(kind, x[i], a[c], b[c]);
            slopes[i] = kind == ActivationKind.PReLU ? (x[i] > 0 ? 1 : a[c]) : a[c] * b[c] / (
                1 + Math.Exp(-b[c] * x[i]));
        }
        // float32 functions are good to a few units in the last place
        Numbers.AssertClose(expected, y, 1e-6);
        Numbers.AssertClose(slopes, dx, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NaN_passes_and_far_values_keep_their_limits(string name)
    {
        ActivationKind kind = Enum.Parse<ActivationKind>(name);
        float[] x = [float.NaN, 100, -100, 1e30f, -1e30f, 0, -0f, 1e-20f, float.NaN, 1, float.PositiveInfinity];
        float[] y = new float[x.Length];

        Activations.Forward<float>(Workers.Single, kind, 0.3f, 0.6f, x, y);

        Assert.True(float.IsNaN(y[0]) && float.IsNaN(y[8]));
        for (int i = 1; i < 8; i++)
        {
            // where the plain formula overflows, log(1 + e^x) is x
            double expected = Formula(kind, x[i], 0.3f, 0.6f);
            if (double.IsInfinity(expected))
                expected = kind == ActivationKind.Softplus ? x[i] : 0.3f * (0.6f * x[i]);
            Assert.InRange(
                y[i], expected - 1e-6 * Math.Max(1, Math.Abs(expected)),
                expected + 1e-6 * Math.Max(1, Math.Abs(expected)));
        }
        Assert.Equal(kind == ActivationKind.Softsign, float.IsNaN(y[10]));
    }

    [Fact]
    public void Small_values_keep_their_digits()
    {
        float[] x = [1e-6f, -3e-5f, -20f, -30f, 1e-8f, -0.01f, 0.6f, 0.63f], y = new float[8];

        Activations.Forward<float>(Workers.Single, ActivationKind.Tanh, 0, 0, x, y);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(1, y[i] / Math.Tanh(x[i]), 3e-7);
        Activations.Forward<float>(Workers.Single, ActivationKind.ELU, 1, 0, x, y);
        Assert.Equal(1, y[1] / (-3e-5f + 3e-5f * 3e-5f / 2), 3e-7);
        Assert.Equal(1, y[5] / (Math.Exp(-0.01f) - 1), 3e-7);
        Activations.Forward<float>(Workers.Single, ActivationKind.Softplus, 0, 0, x, y);
        Assert.Equal(1, y[3] / Math.Exp(-30), 3e-7);
    }

    [Fact]
    public void The_number_of_threads_does_not_show_and_nothing_is_allocated()
    {
        float[] x = Numbers.Random(100_001, 1), one = new float[x.Length], many = new float[x.Length];
        Activations.Forward<float>(Workers.Single, ActivationKind.Tanh, 0, 0, x, one);

        Assert.Equal(0, Allocations.Of(
            () => Activations.Forward<float>(Workers.For(8), ActivationKind.Tanh, 0, 0, x, many)));

        Numbers.AssertSameBits(one, many);
    }

    [Fact]
    public void Parameters_that_do_not_fit_the_channels_are_refused()
    {
        float[] x = new float[12], y = new float[12];

        Assert.Throws<ArgumentException>(
            () => Activations.Forward<float>(Workers.Single, ActivationKind.PReLU, [1, 2], [], 3, 4, x, y));
        Assert.Throws<ArgumentException>(
            () => Activations.Forward<float>(Workers.Single, ActivationKind.PReLU, [1], [], 3, 5, x, y));
        Assert.Throws<ArgumentException>(
            () => Activations.Forward<float>(Workers.Single, ActivationKind.ReLU, 0, 0, x, y.AsSpan(1)));
    }
}
