using Attune.Format.Specification;

namespace Attune.Authoring;

/// <content>Core ML's <c>activation</c> layer, a method for each of its functions.</content>
public sealed partial class NetworkBuilder
{
    /// <summary>Adds the activation <c>ReLU</c>: y = max(x, 0).</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder ReLU(string name, string? input = null, string? output = null) =>
        Activate(new ActivationParams { ReLU = new ActivationReLU() }, name, input, output);

    /// <summary>Adds the activation <c>leakyReLU</c>: y = x, below 0 alpha · x.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">The slope below 0.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder LeakyReLU(string name, float alpha = 0.3f, string? input = null, string? output = null) =>
        Activate(new ActivationParams { LeakyReLU = new ActivationLeakyReLU { Alpha = alpha } }, name, input, output);

    /// <summary>Adds the activation <c>thresholdedReLU</c>: y = x where x is at least alpha, else 0.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">The threshold.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder ThresholdedReLU(
        string name, float alpha = 1, string? input = null, string? output = null) =>
        Activate(
            new ActivationParams { ThresholdedReLU = new ActivationThresholdedReLU { Alpha = alpha } },
            name, input, output);

    /// <summary>Adds the activation <c>tanh</c>: y = tanh(x).</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder Tanh(string name, string? input = null, string? output = null) =>
        Activate(new ActivationParams { Tanh = new ActivationTanh() }, name, input, output);

    /// <summary>Adds the activation <c>scaledTanh</c>: y = alpha · tanh(beta · x).</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">Multiplies the result.</param>
    /// <param name="beta">Multiplies x.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder ScaledTanh(
        string name, float alpha, float beta, string? input = null, string? output = null) =>
        Activate(
            new ActivationParams { ScaledTanh = new ActivationScaledTanh { Alpha = alpha, Beta = beta } },
            name, input, output);

    /// <summary>Adds the activation <c>sigmoid</c>: y = 1 / (1 + e^-x).</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder Sigmoid(string name, string? input = null, string? output = null) =>
        Activate(new ActivationParams { Sigmoid = new ActivationSigmoid() }, name, input, output);

    /// <summary>Adds the activation <c>sigmoidHard</c>: y = alpha · x + beta, cut off at 0 and 1.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">The slope.</param>
    /// <param name="beta">The value at 0.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder SigmoidHard(
        string name, float alpha = 0.2f, float beta = 0.5f, string? input = null, string? output = null) =>
        Activate(
            new ActivationParams { SigmoidHard = new ActivationSigmoidHard { Alpha = alpha, Beta = beta } },
            name, input, output);

    /// <summary>Adds the activation <c>linear</c>: y = alpha · x + beta.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">The slope.</param>
    /// <param name="beta">The value at 0.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder Linear(
        string name, float alpha, float beta = 0, string? input = null, string? output = null) =>
        Activate(
            new ActivationParams { Linear = new ActivationLinear { Alpha = alpha, Beta = beta } },
            name, input, output);

    /// <summary>Adds the activation <c>ELU</c>: y = x, below 0 alpha · (e^x − 1).</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">Minus the limit far below 0.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder Elu(string name, float alpha = 1, string? input = null, string? output = null) =>
        Activate(new ActivationParams { ELU = new ActivationELU { Alpha = alpha } }, name, input, output);

    /// <summary>Adds the activation <c>softsign</c>: y = x / (1 + |x|).</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder Softsign(string name, string? input = null, string? output = null) =>
        Activate(new ActivationParams { Softsign = new ActivationSoftsign() }, name, input, output);

    /// <summary>Adds the activation <c>softplus</c>: y = log(1 + e^x).</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder Softplus(string name, string? input = null, string? output = null) =>
        Activate(new ActivationParams { Softplus = new ActivationSoftplus() }, name, input, output);

    /// <summary>Adds the activation <c>PReLU</c>: y = x, below 0 alpha · x.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">[C]: a slope for each channel.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder PReLU(string name, Initializer alpha, string? input = null, string? output = null)
    {
        int channels = Channels(name, "activation", input);
        var fields = new ActivationPReLU { Alpha = Weights(name, "activation", "alpha", alpha, channels) };
        return Activate(new ActivationParams { PReLU = fields }, name, input, output);
    }

    /// <summary>Adds the activation <c>parametricSoftplus</c>: y = alpha · log(1 + e^(beta · x)).</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">[C]: a number for each channel.</param>
    /// <param name="beta">[C]: a number for each channel.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder ParametricSoftplus(
        string name, Initializer alpha, Initializer beta, string? input = null, string? output = null)
    {
        int channels = Channels(name, "activation", input);
        var fields = new ActivationParametricSoftplus
        {
            Alpha = Weights(name, "activation", "alpha", alpha, channels),
            Beta = Weights(name, "activation", "beta", beta, channels),
        };
        return Activate(new ActivationParams { ParametricSoftplus = fields }, name, input, output);
    }

    private NetworkBuilder Activate(ActivationParams fields, string name, string? input, string? output) =>
        Append(new NeuralNetworkLayer { Activation = fields }, name, input, output);
}
