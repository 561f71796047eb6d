using Attune.Format.Specification;

namespace Attune.Authoring;

/// <content>
/// Arithmetic, element by element. Sizes of the inputs are equal or 1 along each axis. Layers called broadcastable
/// take two inputs, whose ranks may differ, and need specification version 4.
/// </content>
public sealed partial class NetworkBuilder
{
    /// <summary>Adds the layer <c>add</c>: the sum of its inputs, element by element.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputs">The values, one or more.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder Add(string name, ReadOnlySpan<string> inputs, string? output = null) =>
        Append(new NeuralNetworkLayer { Add = new AddLayerParams() }, name, Several(name, inputs), output);

    /// <summary>Adds the layer <c>multiply</c>: the product of its inputs, element by element.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputs">The values, one or more.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder Multiply(string name, ReadOnlySpan<string> inputs, string? output = null) =>
        Append(
            new NeuralNetworkLayer { Multiply = new MultiplyLayerParams { Alpha = 1 } },
            name, Several(name, inputs), output);

    /// <summary>Adds the layer <c>average</c>: the mean of its inputs, element by element.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputs">The values, one or more.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder Average(string name, ReadOnlySpan<string> inputs, string? output = null) =>
        Append(new NeuralNetworkLayer { Average = new AverageLayerParams() }, name, Several(name, inputs), output);

    /// <summary>Adds the layer <c>max</c>: the largest of its inputs, element by element.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputs">The values, one or more.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder Max(string name, ReadOnlySpan<string> inputs, string? output = null) =>
        Append(new NeuralNetworkLayer { Max = new MaxLayerParams() }, name, Several(name, inputs), output);

    /// <summary>Adds the layer <c>min</c>: the smallest of its inputs, element by element.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputs">The values, one or more.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder Min(string name, ReadOnlySpan<string> inputs, string? output = null) =>
        Append(new NeuralNetworkLayer { Min = new MinLayerParams() }, name, Several(name, inputs), output);

    /// <summary>Adds the layer <c>add</c> with one input: y = x + alpha.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">Is added.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder Add(string name, float alpha, string? input = null, string? output = null) =>
        Append(new NeuralNetworkLayer { Add = new AddLayerParams { Alpha = alpha } }, name, input, output);

    /// <summary>Adds the layer <c>multiply</c> with one input: y = alpha · x.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="alpha">Multiplies.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder Multiply(string name, float alpha, string? input = null, string? output = null) =>
        Append(new NeuralNetworkLayer { Multiply = new MultiplyLayerParams { Alpha = alpha } }, name, input, output);

    /// <summary>Adds the layer <c>addBroadcastable</c>: y = a + b.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder AddBroadcastable(string name, string a, string b, string? output = null)
    {
        var fields = new AddBroadcastableLayerParams();
        return Append(new NeuralNetworkLayer { AddBroadcastable = fields }, name, [a, b], output);
    }

    /// <summary>Adds the layer <c>subtractBroadcastable</c>: y = a − b.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder SubtractBroadcastable(string name, string a, string b, string? output = null)
    {
        var fields = new SubtractBroadcastableLayerParams();
        return Append(new NeuralNetworkLayer { SubtractBroadcastable = fields }, name, [a, b], output);
    }

    /// <summary>Adds the layer <c>multiplyBroadcastable</c>: y = a · b.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder MultiplyBroadcastable(string name, string a, string b, string? output = null)
    {
        var fields = new MultiplyBroadcastableLayerParams();
        return Append(new NeuralNetworkLayer { MultiplyBroadcastable = fields }, name, [a, b], output);
    }

    /// <summary>Adds the layer <c>divideBroadcastable</c>: y = a / b.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder DivideBroadcastable(string name, string a, string b, string? output = null)
    {
        var fields = new DivideBroadcastableLayerParams();
        return Append(new NeuralNetworkLayer { DivideBroadcastable = fields }, name, [a, b], output);
    }

    /// <summary>Adds the layer <c>maxBroadcastable</c>: the larger of a and b.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder MaxBroadcastable(string name, string a, string b, string? output = null)
    {
        var fields = new MaxBroadcastableLayerParams();
        return Append(new NeuralNetworkLayer { MaxBroadcastable = fields }, name, [a, b], output);
    }

    /// <summary>Adds the layer <c>minBroadcastable</c>: the smaller of a and b.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder MinBroadcastable(string name, string a, string b, string? output = null)
    {
        var fields = new MinBroadcastableLayerParams();
        return Append(new NeuralNetworkLayer { MinBroadcastable = fields }, name, [a, b], output);
    }

    /// <summary>Adds a <c>unary</c> layer: a function of scale · x + shift.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="function">The function.</param>
    /// <param name="alpha">The power, or the threshold, of the functions that have one.</param>
    /// <param name="epsilon">Keeps divisors away from 0.</param>
    /// <param name="shift">Added to x after scaling.</param>
    /// <param name="scale">Multiplies x.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown.</exception>
    public NetworkBuilder Unary(
        string name,
        UnaryFunction function,
        float alpha = 1,
        float epsilon = 1e-6f,
        float shift = 0,
        float scale = 1,
        string? input = null,
        string? output = null)
    {
        var fields = new UnaryFunctionLayerParams
        {
            Type = (UnaryFunctionLayerParams.Types.Operation)function,
            Alpha = alpha,
            Epsilon = epsilon,
            Shift = shift,
            Scale = scale,
        };
        return Append(new NeuralNetworkLayer { Unary = fields }, name, input, output);
    }

    private static string[] Several(string layer, ReadOnlySpan<string> inputs) => inputs.IsEmpty
        ? throw new ArgumentException($"Layer '{layer}' takes one or more inputs; got none.", nameof(inputs))
        : inputs.ToArray();
}
