using Attune.Authoring;

namespace Attune.Tests.Authoring;

/// <summary>
/// Every method that adds a layer, by what the saved and loaded model makes of numbers worked out by hand.
/// </summary>
public sealed class LayerMethodsTests
{
    // Sums, products and single functions of small numbers: 1e-5 is far above float32's rounding and far below any
    // mistake.
    private const double Tolerance = 1e-5;

    public static TheoryData<string, float, float> Functions => new()
    {
        { "relu", -2, 0 },
        { "relu", 2, 2 },
        { "leaky", -2, -0.5f }, // 0.25 · -2
        { "thresholded", 1.5f, 0 },
        { "thresholded", 2.5f, 2.5f },
        { "tanh", 1, 0.7615942f }, // (e² − 1) / (e² + 1)
        { "scaledTanh", 0.5f, 1.5231884f }, // 2 · tanh(2 · 0.5)
        { "sigmoid", 0, 0.5f },
        { "hard", 1, 0.7f }, // 0.2 · 1 + 0.5
        { "hard", 9, 1 },
        { "linear", 3, 7 }, // 2 · 3 + 1
        { "elu", -1, -0.63212056f }, // 1/e − 1
        { "softsign", -3, -0.75f }, // -3 / (1 + 3)
        { "softplus", 0, 0.6931472f }, // log 2
        { "prelu", -2, -1 }, // 0.5 · -2
        { "parametricSoftplus", 0, 1.3862944f }, // 2 · log(1 + e^(3·0))
        { "sqrt", 4, 3 }, // √(2 · 4 + 1)
        { "power", 3, 9 },
        { "addNumber", 3, 5 },
        { "multiplyNumber", 3, 6 },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_of_one_element(string function, float x, float expected)
    {
        NetworkBuilder builder = new NetworkBuilder().AddArrayInput("x", [1, 1, 1]);
        builder = function switch
        {
            "relu" => builder.ReLU("y"),
            "leaky" => builder.LeakyReLU("y", 0.25f),
            "thresholded" => builder.ThresholdedReLU("y", 2),
            "tanh" => builder.Tanh("y"),
            "scaledTanh" => builder.ScaledTanh("y", 2, 2),
            "sigmoid" => builder.Sigmoid("y"),
            "hard" => builder.SigmoidHard("y"),
            "linear" => builder.Linear("y", 2, 1),
            "elu" => builder.Elu("y"),
            "softsign" => builder.Softsign("y"),
            "softplus" => builder.Softplus("y"),
            "prelu" => builder.PReLU("y", Initializer.Constant(0.5f)),
            "parametricSoftplus" => builder.ParametricSoftplus("y", Initializer.Constant(2), Initializer.Constant(3)),
            "sqrt" => builder.Unary("y", UnaryFunction.Sqrt, shift: 1, scale: 2),
            "power" => builder.Unary("y", UnaryFunction.Power, alpha: 2),
            "addNumber" => builder.Add("y", 2),
            _ => builder.Multiply("y", 2),
        };

        AssertNear([expected], builder.Predict(x));
    }

    [Fact]
    public void InnerProduct()
    {
        NetworkBuilder builder = Array(2).InnerProduct("y", 2, new float[] { 1, 2, 3, 4 }, new float[] { 10, 20 });

        AssertNear([25, 55], builder.Predict(5, 5)); // 1·5+2·5+10, 3·5+4·5+20
    }

    [Fact]
    public void InnerProduct_without_biases()
    {
        AssertNear([15, 35], Array(2).InnerProduct("y", 2, new float[] { 1, 2, 3, 4 }).Predict(5, 5)); // 5+10, 15+20
    }

    [Fact]
    public void Convolution()
    {
        NetworkBuilder builder = Image(1, 2, 3)
            .Convolution("y", 1, (2, 2), new float[] { 1, 0, 0, -1 }, new float[] { 100 });

        AssertNear([96, 96], builder.Predict(1, 2, 3, 4, 5, 6)); // 1−5, 2−6, each + 100
    }

    [Fact]
    public void Convolution_with_stride_padding_dilation_and_groups()
    {
        NetworkBuilder same = Image(1, 1, 3).Convolution("y", 1, (1, 2), Initializer.Ones, padding: WindowPadding.Same);
        NetworkBuilder top =
            Image(1, 1, 3).Convolution("y", 1, (1, 2), Initializer.Ones, padding: WindowPadding.SameTopLeft);
        NetworkBuilder amounts = Image(1, 1, 2)
            .Convolution("y", 1, 1, Initializer.Ones, padding: WindowPadding.Amounts(0, 0, 1, 2));
        NetworkBuilder dilated = Image(1, 1, 3).Convolution("y", 1, (1, 2), Initializer.Ones, dilation: (1, 2));
        NetworkBuilder stepped = Image(1, 1, 3).Convolution("y", 1, 1, Initializer.Ones, stride: (1, 2));
        NetworkBuilder grouped = Image(2, 1, 1).Convolution("y", 2, 1, new float[] { 3, 5 }, groups: 2);

        AssertNear([3, 5, 3], same.Predict(1, 2, 3)); // 1+2, 2+3, 3+0
        AssertNear([1, 3, 5], top.Predict(1, 2, 3)); // 0+1, 1+2, 2+3
        AssertNear([0, 7, 8, 0, 0], amounts.Predict(7, 8));
        AssertNear([4], dilated.Predict(1, 2, 3)); // 1+3
        AssertNear([1, 3], stepped.Predict(1, 2, 3));
        AssertNear([6, 35], grouped.Predict(2, 7)); // 3·2, 5·7
    }

    [Fact]
    public void Deconvolution()
    {
        NetworkBuilder builder = Image(1, 1, 2).Deconvolution("y", 1, (1, 2), new float[] { 1, 10 }, stride: (1, 2));

        AssertNear([3, 30, 4, 40], builder.Predict(3, 4));
    }

    [Fact]
    public void Pooling()
    {
        AssertNear([4], Image(1, 2, 2).Pooling("y", PoolingType.Max, 2).Predict(1, 2, 3, 4));
        AssertNear([2.5f], Image(1, 2, 2).Pooling("y", PoolingType.Average, 2).Predict(1, 2, 3, 4)); // 10/4
        AssertNear([5], Image(1, 1, 2).Pooling("y", PoolingType.L2, (1, 2)).Predict(3, 4)); // √(9 + 16)
        AssertNear([6, 3], Image(2, 1, 3).GlobalPooling("y", PoolingType.Max).Predict(4, 6, 5, 1, 2, 3));
        AssertNear([2, 3], Image(1, 1, 3)
            .Pooling("y", PoolingType.Max, (1, 2), stride: (1, 2), padding: WindowPadding.IncludeLastPixel())
            .Predict(1, 2, 3));
    }

    [Fact]
    public void Average_pooling_leaves_out_the_padding_unless_told_otherwise()
    {
        WindowPadding one = WindowPadding.Amounts(0, 0, 1, 0);

        AssertNear([4], Image(1, 1, 1).Pooling("y", PoolingType.Average, (1, 2), padding: one).Predict(4));
        AssertNear([2], Image(1, 1, 1) // (0 + 4) / 2
            .Pooling("y", PoolingType.Average, (1, 2), padding: one, excludePadding: false).Predict(4));
    }

    [Fact]
    public void Normalizations()
    {
        NetworkBuilder batch = Array(2).BatchNorm(
            "y",
            gamma: new float[] { 2, 1 },
            beta: new float[] { 1, 0 },
            mean: new float[] { 3, 0 },
            variance: new float[] { 4, 1 },
            epsilon: 1e-10f);
        NetworkBuilder instance =
            Image(1, 1, 2).InstanceNorm("y", Initializer.Ones, Initializer.Zeros, epsilon: 1e-10f);

        AssertNear([3, 7], batch.Predict(5, 7)); // 2·(5−3)/√4 + 1; 1·(7−0)/√1 + 0
        AssertNear([-1, 1], instance.Predict(2, 6)); // mean 4, variance 4
        AssertNear([0.25f, 0.75f], Array(2).Softmax("y").Predict(0, MathF.Log(3))); // 1/(1+3), 3/(1+3)
        AssertNear([0.25f, 0.75f], Array(2).SoftmaxND("y", -3).Predict(0, MathF.Log(3)));
    }

    [Fact]
    public void Scale_and_bias()
    {
        AssertNear([7, 16], Array(2) // 3·2+1, 5·3+1
            .Scale("y", [2], new float[] { 3, 5 }, new float[] { 1, 1 }).Predict(2, 3));
        AssertNear([6, 15], Array(2).Scale("y", [2], new float[] { 3, 5 }).Predict(2, 3));
        AssertNear([12, 13], Array(2).Bias("y", [1], new float[] { 10 }).Predict(2, 3));
    }

    [Fact]
    public void Arithmetic_of_several_values()
    {
        AssertNear([18], Twice().Add("z", ["x", "y", "y"]).Predict(2)); // 2+8+8
        AssertNear([16], Twice().Multiply("z", ["x", "y"]).Predict(2)); // 2·8
        AssertNear([5], Twice().Average("z", ["x", "y"]).Predict(2)); // (2+8)/2
        AssertNear([8], Twice().Max("z", ["x", "y"]).Predict(2));
        AssertNear([2], Twice().Min("z", ["x", "y"]).Predict(2));
        AssertNear([10], Twice().AddBroadcastable("z", "x", "y").Predict(2));
        AssertNear([-6], Twice().SubtractBroadcastable("z", "x", "y").Predict(2));
        AssertNear([16], Twice().MultiplyBroadcastable("z", "x", "y").Predict(2));
        AssertNear([0.25f], Twice().DivideBroadcastable("z", "x", "y").Predict(2));
        AssertNear([8], Twice().MaxBroadcastable("z", "x", "y").Predict(2));
        AssertNear([2], Twice().MinBroadcastable("z", "x", "y").Predict(2));
    }

    [Fact]
    public void Flatten_in_both_orders()
    {
        // channels [1 2] and [3 4]
        AssertNear([1, 2, 3, 4], Image(2, 1, 2).Flatten("y").Predict(1, 2, 3, 4));
        AssertNear([1, 3, 2, 4], Image(2, 1, 2).Flatten("y", ChannelOrder.ChannelLast).Predict(1, 2, 3, 4));
    }

    [Fact]
    public void Shapes_of_five_axes()
    {
        NetworkBuilder reshaped = Image(2, 1, 2).Reshape("y", [4, 1, 1]);
        NetworkBuilder permuted = Image(2, 1, 2).Permute("y", [0, 3, 2, 1]);

        AssertNear([1, 2, 3, 4], reshaped.Predict(1, 2, 3, 4));
        Assert.Equal([1, 1, 4, 1, 1], reshaped.ShapeOf("y"));
        AssertNear([1, 3, 2, 4], permuted.Predict(1, 2, 3, 4));
        AssertNear([1, 2, 1, 2], Array(2).Concat("y", ["x", "x"]).Predict(1, 2));
    }

    [Fact]
    public void Shapes_of_any_rank()
    {
        NetworkBuilder transposed = Exact(2, 3).Transpose("y", [1, 0]);

        AssertNear([1, 4, 2, 5, 3, 6], transposed.Predict(1, 2, 3, 4, 5, 6));
        Assert.Equal([3, 2], transposed.ShapeOf("y"));
        Assert.Equal([6], Exact(2, 3).ReshapeStatic("y", [-1]).ShapeOf("y"));
        Assert.Equal([3, 2], Exact(2, 3).RankPreservingReshape("y", [3, -1]).ShapeOf("y"));
        Assert.Equal([2, 1, 3], Exact(2, 3).ExpandDims("y", [1]).ShapeOf("y"));
        Assert.Equal([2, 3], Exact(1, 2, 1, 3).Squeeze("y", []).ShapeOf("y"));
        Assert.Equal([2, 1, 3], Exact(1, 2, 1, 3).Squeeze("y", [0]).ShapeOf("y"));
        Assert.Equal([2, 12], Exact(2, 3, 4).FlattenTo2D("y", 1).ShapeOf("y"));
        Assert.Equal([2, 6], Exact(2, 3).ConcatND("y", ["x", "x"], axis: -1).ShapeOf("y"));
        AssertNear([1, 1, 2, 2], Exact(2, 1).ConcatND("y", ["x", "x"], axis: 0, interleave: true).Predict(1, 2));
    }

    [Fact]
    public void Products_of_matrices()
    {
        NetworkBuilder weights = Exact(1, 2).BatchedMatmul("y", 1, new float[] { 3, 5 }, new float[] { 1 });
        NetworkBuilder values = Exact(1, 2).BatchedMatmul("y", "x", "x", transposeB: true);

        AssertNear([14], weights.Predict(1, 2)); // 3·1 + 5·2 + 1
        AssertNear([5], values.Predict(1, 2)); // 1·1 + 2·2
    }

    [Fact]
    public void Constants()
    {
        AssertNear(
            [5, 7], Array(2).LoadConstant("c", [2, 1, 1], new float[] { 4, 5 }).Add("y", ["x", "c"]).Predict(1, 2));
        AssertNear([5, 7], Exact(2)
            .LoadConstant("c", [2], new float[] { 4, 5 }).AddBroadcastable("y", "x", "c").Predict(1, 2));
    }

    // Some of the layers Core ML takes with the exact mapping only.
    private static NetworkBuilder Array(int channels) =>
        new NetworkBuilder { Profile = MLUpdateProfile.Any }.AddArrayInput("x", [channels]);

    private static NetworkBuilder Image(int channels, int height, int width) =>
        new NetworkBuilder().AddArrayInput("x", [channels, height, width]);

    private static NetworkBuilder Exact(params ReadOnlySpan<int> shape) =>
        new NetworkBuilder(InputMapping.Exact).AddArrayInput("x", shape);

    private static NetworkBuilder Twice() => Array(1).Multiply("y", 4);

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], Tolerance);
    }
}
