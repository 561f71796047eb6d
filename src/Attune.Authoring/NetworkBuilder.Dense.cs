using Attune.Arrays;
using Attune.Format.Specification;

namespace Attune.Authoring;

public sealed partial class NetworkBuilder
{
    /// <summary>Adds an <c>innerProduct</c>, a dense layer: y = x·Wᵀ + b.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="outputChannels">1 or more.</param>
    /// <param name="weights">[outputChannels × input channels].</param>
    /// <param name="biases">[outputChannels]; null: none.</param>
    /// <param name="input">[…×C×1×1], or of rank 1 to 3 […×C]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input is of another shape.</exception>
    public NetworkBuilder InnerProduct(
        string name,
        int outputChannels,
        Initializer weights,
        Initializer? biases = null,
        string? input = null,
        string? output = null)
    {
        const string Kind = "innerProduct";
        Shape shape = InputShape(name, input);
        int channels = shape.Rank switch
        {
            0 => 1,
            > 3 => shape[-3],
            _ => shape[-1],
        };
        var fields = new InnerProductLayerParams
        {
            InputChannels = (ulong)channels,
            OutputChannels = Positive(name, Kind, "number of output channels", outputChannels),
            Weights = Weights(name, Kind, "weights", weights, outputChannels, channels),
        };
        if (biases is not null)
        {
            fields.HasBias = true;
            fields.Bias = Weights(name, Kind, "biases", biases, outputChannels);
        }
        return Append(new NeuralNetworkLayer { InnerProduct = fields }, name, input, output);
    }

    /// <summary>Adds a <c>batchedMatmul</c> with weights, a dense layer along the last axis: y = x·W + b.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="outputChannels">M, 1 or more.</param>
    /// <param name="weights">W as the file keeps it, column by column: [M × K].</param>
    /// <param name="biases">[M]; null: none.</param>
    /// <param name="input">[…×K]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder BatchedMatmul(
        string name,
        int outputChannels,
        Initializer weights,
        Initializer? biases = null,
        string? input = null,
        string? output = null)
    {
        const string Kind = "batchedMatmul";
        Shape shape = InputShape(name, input);
        int channels = shape.Rank == 0 ? 1 : shape[-1];
        var fields = new BatchedMatMulLayerParams
        {
            WeightMatrixFirstDimension = (ulong)channels,
            WeightMatrixSecondDimension = Positive(name, Kind, "number of output channels", outputChannels),
            Weights = Weights(name, Kind, "weights", weights, outputChannels, channels),
        };
        if (biases is not null)
        {
            fields.HasBias = true;
            fields.Bias = Weights(name, Kind, "biases", biases, outputChannels);
        }
        return Append(new NeuralNetworkLayer { BatchedMatmul = fields }, name, input, output);
    }

    /// <summary>Adds a <c>batchedMatmul</c> of two values: y = a·b, over the last two axes of each.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="a">The first factor.</param>
    /// <param name="b">The second factor.</param>
    /// <param name="transposeA">Whether the last two axes of a change places first.</param>
    /// <param name="transposeB">Whether those of b do.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the shapes do not fit each other.</exception>
    public NetworkBuilder BatchedMatmul(
        string name, string a, string b, bool transposeA = false, bool transposeB = false, string? output = null)
    {
        var fields = new BatchedMatMulLayerParams { TransposeA = transposeA, TransposeB = transposeB };
        return Append(new NeuralNetworkLayer { BatchedMatmul = fields }, name, [a, b], output);
    }

    /// <summary>
    /// Adds a <c>loadConstant</c> (rank-5 mapping) or <c>loadConstantND</c> (exact): numbers that do not depend on
    /// inputs.
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="shape">With the rank-5 mapping [C×H×W], else any.</param>
    /// <param name="data">The numbers, in C order.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken, or the count or shape does not fit.</exception>
    public NetworkBuilder LoadConstant(string name, ReadOnlySpan<int> shape, Initializer data, string? output = null)
    {
        string kind = mapping == InputMapping.Exact ? "loadConstantND" : "loadConstant";
        ulong[] sizes = Sizes(name, kind, shape);
        WeightParams numbers = Weights(name, kind, "data", data, shape);
        NeuralNetworkLayer layer = mapping == InputMapping.Exact
            ? new() { LoadConstantND = new LoadConstantNDLayerParams { Shape = { sizes }, Data = numbers } }
            : new() { LoadConstant = new LoadConstantLayerParams { Shape = { sizes }, Data = numbers } };
        return Append(layer, name, [], [output ?? name]);
    }
}
