using Attune.Arrays;
using Attune.Graph;
using Attune.Layers;
using Operation = Attune.Format.Specification.UnaryFunctionLayerParams.Types.Operation;

namespace Attune.Tests.Layers;

public class ValueLayersTests
{
    [Fact]
    public void InnerProduct_multiplies_rows_by_the_weights()
    {
        Layer layer = Specified.Read(new()
        {
            InnerProduct = new()
            {
                InputChannels = 2, OutputChannels = 3, HasBias = true,
                Weights = Specified.Weights(1, 2, 3, 4, 5, 6), Bias = Specified.Weights(10, 20, 30),
            },
        });

        // 1·1+2·2+10, 3·1+4·2+20, 5·1+6·2+30
        Assert.Equal([15.0, 31, 47], Specified.Run(layer, Shape.Of(2), 1, 2));
        Assert.Equal(Shape.Of(1, 1, 3, 1, 1), Specified.InferOne(layer, Shape.Of(1, 1, 1, 2, 1)));
    }

    [Fact]
    public void InnerProduct_refuses_an_input_of_the_wrong_width()
    {
        Layer layer = Specified.Read(new()
        {
            InnerProduct = new() { InputChannels = 2, OutputChannels = 1, Weights = Specified.Weights(1, 2) },
        });

        var error = Assert.Throws<MLModelFormatException>(() => layer.Infer([Shape.Of(4, 3)]));

        Assert.Equal("Layer 'it' (innerProduct) takes 2 values per row; got [4×3].", error.Message);
    }

    [Fact]
    public void Weights_of_batchedMatmul_are_kept_column_by_column()
    {
        Layer layer = Specified.Read(new()
        {
            BatchedMatmul = new()
            {
                WeightMatrixFirstDimension = 2, WeightMatrixSecondDimension = 3,
                Weights = Specified.Weights(1, 2, 3, 4, 5, 6),
            },
        });

        // Columns (1,2), (3,4), (5,6): 1·1+2·2, 1·3+2·4, 1·5+2·6
        Assert.Equal([5.0, 11, 17], Specified.Run(layer, Shape.Of(1, 2), 1, 2));
    }

    [Fact]
    public void Batchnorm_uses_the_statistics_of_the_file()
    {
        Layer layer = Specified.Read(new()
        {
            Batchnorm = new()
            {
                Channels = 1, Epsilon = 1, Gamma = Specified.Weights(6), Beta = Specified.Weights(1),
                Mean = Specified.Weights(2), Variance = Specified.Weights(8),
            },
        });

        // 6·(5−2)/√(8+1)+1, 6·(2−2)/3+1
        Assert.Equal([7.0, 1.0], Specified.Run(layer, Shape.Of(1, 1, 2), 5, 2).Select(y => Math.Round(y, 12)));
    }

    [Fact]
    public void Batchnorm_over_the_batch_is_not_supported()
    {
        var error = Assert.Throws<MLModelNotSupportedException>(() => Specified.Read(new()
        {
            Batchnorm = new() { Channels = 1, ComputeMeanVar = true },
        }));

        Assert.Equal(
            ["Layer 'it' (batchnorm) computes its statistics over the whole batch, which is not supported."],
            error.Reasons);
    }

    [Fact]
    public void Add_repeats_channels_over_the_image()
    {
        Layer layer = Specified.Read(new() { Input = { "a", "b" }, Add = new() });

        Assert.Equal(
            [11.0, 12, 23, 24],
            Specified.Run(layer, (Shape.Of(2, 1, 1), [10, 20]), (Shape.Of(2, 1, 2), [1, 2, 3, 4])));
    }

    [Fact]
    public void Shapes_that_cannot_be_repeated_are_refused()
    {
        Layer layer = Specified.Read(new() { Input = { "a", "b" }, Add = new() });

        var error = Assert.Throws<MLModelFormatException>(() => layer.Infer([Shape.Of(2), Shape.Of(3)]));

        Assert.Equal(
            "Layer 'it' (add) takes inputs of shapes that are equal or 1 along every axis; got [2] and [3].",
            error.Message);
    }

    [Fact]
    public void A_scaler_multiplies_before_it_shifts()
    {
        // 0.5·2+1, 0.5·4+2
        Assert.Equal([2.0, 4.0], Specified.Run(new ImageScaler("image", 0.5f, 1, 2), Shape.Of(2, 1, 1), 2, 4));
    }

    [Fact]
    public void Softmax_refuses_an_input_without_channels()
    {
        Layer layer = Specified.Read(new() { Softmax = new() });

        var error = Assert.Throws<MLModelFormatException>(() => layer.Infer([Shape.Of(10)]));

        Assert.Equal(
            "Layer 'it' (softmax) takes an input that has axis -3, along which it runs; got [10].", error.Message);
    }

    [Fact]
    public void A_logarithm_adds_the_epsilon_of_the_file_and_no_other()
    {
        Layer with = Specified.Read(new() { Unary = new() { Type = Operation.Log, Epsilon = 1 } });
        Layer without = Specified.Read(new() { Unary = new() { Type = Operation.Log } });

        Assert.Equal([0.0], Specified.Run(with, Shape.Of(1), 0));   // log(0+1)
        Assert.Equal([0.0], Specified.Run(without, Shape.Of(1), 1));
    }
}
