using Attune.Format.Specification;

namespace Attune.Authoring;

public sealed partial class NetworkBuilder
{
    /// <summary>
    /// Adds a <c>batchnorm</c> with stored statistics: y = gamma · (x − mean) / √(variance + epsilon) + beta, per
    /// channel.
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="gamma">[C].</param>
    /// <param name="beta">[C].</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C].</param>
    /// <param name="epsilon">Default: 1e-5.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input has no channels.</exception>
    public NetworkBuilder BatchNorm(
        string name,
        Initializer gamma,
        Initializer beta,
        Initializer mean,
        Initializer variance,
        float epsilon = 1e-5f,
        string? input = null,
        string? output = null)
    {
        BatchnormLayerParams fields = NormFields(name, gamma, beta, epsilon, input);
        fields.Mean = Weights(name, "batchnorm", "mean", mean, (int)fields.Channels);
        fields.Variance = Weights(name, "batchnorm", "variance", variance, (int)fields.Channels);
        return Append(new NeuralNetworkLayer { Batchnorm = fields }, name, input, output);
    }

    /// <summary>
    /// Adds a <c>batchnorm</c> that takes mean and variance of each channel of each sample itself (instance
    /// normalisation).
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="gamma">[C].</param>
    /// <param name="beta">[C].</param>
    /// <param name="epsilon">Default: 1e-5.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input has no channels.</exception>
    public NetworkBuilder InstanceNorm(
        string name,
        Initializer gamma,
        Initializer beta,
        float epsilon = 1e-5f,
        string? input = null,
        string? output = null)
    {
        BatchnormLayerParams fields = NormFields(name, gamma, beta, epsilon, input);
        fields.ComputeMeanVar = true;
        fields.InstanceNormalization = true;
        return Append(new NeuralNetworkLayer { Batchnorm = fields }, name, input, output);
    }

    /// <summary>
    /// Adds a <c>softmax</c> over the channels, the only layer that may stand before a cross entropy.
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input has no channels.</exception>
    public NetworkBuilder Softmax(string name, string? input = null, string? output = null) =>
        Append(new NeuralNetworkLayer { Softmax = new SoftmaxLayerParams() }, name, input, output);

    /// <summary>Adds a <c>softmaxND</c> over any axis. Needs specification version 4.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="axis">Negative counts from the last, -1.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input has no such axis.</exception>
    public NetworkBuilder SoftmaxND(string name, int axis, string? input = null, string? output = null) =>
        Append(new NeuralNetworkLayer { SoftmaxND = new SoftmaxNDLayerParams { Axis = axis } }, name, input, output);

    /// <summary>Adds a <c>scale</c>: y = scale · x + bias.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="shape">Of scale and biases: [1], [C], [1×H×W] or [C×H×W].</param>
    /// <param name="scale">As many numbers.</param>
    /// <param name="biases">As many numbers; null: none.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input is of another shape.</exception>
    public NetworkBuilder Scale(
        string name,
        ReadOnlySpan<int> shape,
        Initializer scale,
        Initializer? biases = null,
        string? input = null,
        string? output = null)
    {
        ulong[] sizes = Sizes(name, "scale", shape);
        var fields =
            new ScaleLayerParams { ShapeScale = { sizes }, Scale = Weights(name, "scale", "scale", scale, shape) };
        if (biases is not null)
        {
            fields.HasBias = true;
            fields.ShapeBias.Add(sizes);
            fields.Bias = Weights(name, "scale", "bias", biases, shape);
        }
        return Append(new NeuralNetworkLayer { Scale = fields }, name, input, output);
    }

    /// <summary>Adds a <c>bias</c>: y = x + bias.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="shape">Of the biases: [1], [C], [1×H×W] or [C×H×W].</param>
    /// <param name="biases">As many numbers.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input is of another shape.</exception>
    public NetworkBuilder Bias(
        string name, ReadOnlySpan<int> shape, Initializer biases, string? input = null, string? output = null)
    {
        var fields = new BiasLayerParams
        {
            Shape = { Sizes(name, "bias", shape) },
            Bias = Weights(name, "bias", "bias", biases, shape),
        };
        return Append(new NeuralNetworkLayer { Bias = fields }, name, input, output);
    }

    private BatchnormLayerParams NormFields(
        string name, Initializer gamma, Initializer beta, float epsilon, string? input)
    {
        int channels = Channels(name, "batchnorm", input);
        return new BatchnormLayerParams
        {
            Channels = (ulong)channels,
            Epsilon = epsilon,
            Gamma = Weights(name, "batchnorm", "gamma", gamma, channels),
            Beta = Weights(name, "batchnorm", "beta", beta, channels),
        };
    }

    private static ulong[] Sizes(string name, string kind, ReadOnlySpan<int> shape)
    {
        ulong[] sizes = new ulong[shape.Length];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Positive(name, kind, "size", shape[i]);
        return sizes;
    }
}
