using Attune.Arrays;
using Attune.Authoring;
using Attune.Runtime;

namespace Attune.Tests.Authoring;

public sealed class InitializerTests
{
    [Fact]
    public void Numbers_come_from_the_stream_of_seed_layer_and_role()
    {
        // FNV-1a of "conv/weights", by the published definition of the hash.
        ulong hash = 14695981039346656037;
        foreach (char unit in "conv/weights")
            hash = unchecked((hash ^ unit) * 1099511628211);
        var random = new RandomStream(unchecked(42 ^ (long)hash));

        float[] made = Initializer.Uniform(seed: 42, -1, 3).Make("conv", "convolution", "weights", Shape.Of(2, 3));

        foreach (float value in made)
            Assert.Equal((float)(-1 + 4 * random.NextDouble()), value);
    }

    // Python, apart from this code; next(d) are the doubles of docs/random.md from the seed 1 ^ fnv("dense_1/weights"):
    //     M = 2**64 - 1
    //     def fnv(text):
    //         h = 0xCBF29CE484222325
    //         for b in text.encode(): h = (h ^ b) * 0x100000001B3 & M
    //         return h
    //     def stream(z):
    //         s = []
    //         for _ in range(4):
    //             z = z + 0x9E3779B97F4A7C15 & M; y = z
    //             y = (y ^ y >> 30) * 0xBF58476D1CE4E5B9 & M
    //             y = (y ^ y >> 27) * 0x94D049BB133111EB & M
    //             s.append(y ^ y >> 31)
    //         rot = lambda x, k: (x << k | x >> 64 - k) & M
    //         while True:
    //             yield ((rot(s[1] * 5 & M, 7) * 9 & M) >> 11) * 2**-53
    //             t = s[1] << 17 & M
    //             s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rot(s[3], 45)
    //     he: sqrt(2 / 2) * sqrt(-2 * log(1 - next(d))) * cos(2 * pi * next(d))
    //     glorot: 2 * sqrt(6 / (2 + 2)) * next(d) - sqrt(6 / (2 + 2))
    [Fact]
    public void Golden_numbers()
    {
        AssertNear([-0.918081457, 0.645081642, -0.857734142, 1.828602543], Initializer.HeNormal(1));
        AssertNear([-0.362872952, 0.065722641, -0.688920271, 1.065835919], Initializer.GlorotUniform(1));
    }

    [Fact]
    public void He_and_Glorot_scale_by_the_fans()
    {
        // [4×3×5×5]: 75 inputs to an output, 100 outputs from an input. One stream for both, so numbers are
        // proportional.
        float[] he = Initializer.HeNormal(3).Make("c", "convolution", "weights", Shape.Of(4, 3, 5, 5));
        float[] normal = Initializer.Normal(3, 1).Make("c", "convolution", "weights", Shape.Of(4, 3, 5, 5));
        float[] glorot = Initializer.GlorotUniform(3).Make("c", "convolution", "weights", Shape.Of(4, 3, 5, 5));
        float[] uniform = Initializer.Uniform(3, -1, 1).Make("c", "convolution", "weights", Shape.Of(4, 3, 5, 5));

        for (int i = 0; i < he.Length; i++)
        {
            // one rounding to float32 each
            Assert.Equal(normal[i] * Math.Sqrt(2.0 / 75), he[i], 1e-6);
            Assert.Equal(uniform[i] * Math.Sqrt(6.0 / (75 + 100)), glorot[i], 1e-6);
        }
    }

    [Fact]
    public void Layers_with_one_seed_differ_and_so_do_roles()
    {
        Initializer rule = Initializer.HeNormal(seed: 5);
        float[] first = rule.Make("a", "innerProduct", "weights", Shape.Of(3, 3));

        Assert.NotEqual(first, rule.Make("b", "innerProduct", "weights", Shape.Of(3, 3)));
        Assert.NotEqual(first, rule.Make("a", "innerProduct", "biases", Shape.Of(3, 3)));
        Assert.Equal(first, rule.Make("a", "innerProduct", "weights", Shape.Of(3, 3)));
    }

    [Fact]
    public void The_order_of_layers_does_not_change_their_numbers()
    {
        Initializer rule = Initializer.GlorotUniform(seed: 5);
        NetworkBuilder forth = new NetworkBuilder().AddArrayInput("x", [2])
            .InnerProduct("a", 2, rule, input: "x").InnerProduct("b", 2, rule, input: "x");
        NetworkBuilder back = new NetworkBuilder().AddArrayInput("x", [2])
            .InnerProduct("b", 2, rule, input: "x").InnerProduct("a", 2, rule, input: "x");

        Assert.Equal(
            forth.Written().NeuralNetwork.Layers.Single(layer => layer.Name == "a"),
            back.Written().NeuralNetwork.Layers.Single(layer => layer.Name == "a"));
    }

    [Fact]
    public void Scaled_multiplies_every_number()
    {
        float[] given = [1, -2, 3];

        Assert.Equal([0.5f, -1, 1.5f], Initializer.Of(given).Scaled(0.5f).Make("a", "bias", "biases", Shape.Of(3)));
        Assert.Equal([4, 4], Initializer.Ones.Scaled(2).Scaled(2).Make("a", "bias", "biases", Shape.Of(2)));
        Assert.Equal([0, 0], Initializer.Zeros.Make("a", "bias", "biases", Shape.Of(2)));
    }

    [Fact]
    public void Given_numbers_are_copied()
    {
        float[] given = [1, 2];
        Initializer initializer = given;
        given[0] = 9;

        Assert.Equal([1, 2], initializer.Make("a", "bias", "biases", Shape.Of(2)));
    }

    [Fact]
    public void Arrays_of_the_shape_or_of_one_axis_serve()
    {
        var square = new MLMultiArray(new float[] { 1, 2, 3, 4 }, 2, 2);
        var line = new MLMultiArray(new double[] { 1, 2, 3, 4 }, 4);

        Assert.Equal([1, 2, 3, 4], Initializer.Of(square).Make("d", "innerProduct", "weights", Shape.Of(2, 2)));
        Assert.Equal([1, 2, 3, 4], Initializer.Of(line).Make("d", "innerProduct", "weights", Shape.Of(2, 2)));
    }

    [Fact]
    public void A_wrong_count_or_shape_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Initializer.Of([1, 2, 3]).Make("d", "innerProduct", "weights", Shape.Of(2, 2)));
        Assert.Equal(
            "Layer 'd' (innerProduct) takes 4 weights of the shape [2×2]; got 3. " +
            "Give as many numbers, in C order, or an initializer that makes them.",
            error.Message);

        var array = new MLMultiArray(new float[] { 1, 2, 3, 4 }, 4, 1);
        error = Assert.Throws<ArgumentException>(
            () => Initializer.Of(array).Make("d", "innerProduct", "weights", Shape.Of(2, 2)));
        Assert.Contains("got [4×1].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_refuse_what_is_no_distribution()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Uniform(1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Uniform(1, 0, float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Normal(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Normal(1, float.NaN));
    }

    private static void AssertNear(double[] expected, Initializer initializer)
    {
        float[] made = initializer.Make("dense_1", "innerProduct", "weights", Shape.Of(2, 2));
        for (int i = 0; i < expected.Length; i++)
            // logarithm and cosine may differ in their last bit between systems
            Assert.Equal(expected[i], made[i], 1e-6);
    }
}
