using Attune.Format.Specification;

namespace Attune.Authoring;

public sealed partial class NetworkBuilder
{
    /// <summary>Adds a <c>convolution</c>: windows of the input times weights, plus biases.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="outputChannels">1 or more.</param>
    /// <param name="kernel">The window's size.</param>
    /// <param name="weights">[outputChannels × input channels / groups × height × width].</param>
    /// <param name="biases">[outputChannels]; null: none.</param>
    /// <param name="stride">The steps between windows. Default: 1.</param>
    /// <param name="padding">Default: <see cref="WindowPadding.Valid"/>.</param>
    /// <param name="dilation">The steps between a window's elements. Default: 1.</param>
    /// <param name="groups">Divides both counts of channels.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or sizes do not fit.</exception>
    public NetworkBuilder Convolution(
        string name,
        int outputChannels,
        WindowSize kernel,
        Initializer weights,
        Initializer? biases = null,
        WindowSize? stride = null,
        WindowPadding? padding = null,
        WindowSize? dilation = null,
        int groups = 1,
        string? input = null,
        string? output = null)
    {
        ConvolutionLayerParams fields = ConvolutionFields(name, outputChannels, kernel, stride, padding, groups);
        int channels = GroupedChannels(name, "input", Channels(name, "convolution", input), groups);
        fields.KernelChannels = (ulong)channels;
        fields.DilationFactor.Add(Positive(name, "convolution", "dilation", dilation ?? 1));
        fields.Weights = Weights(
            name, "convolution", "weights", weights, outputChannels, channels, kernel.Height, kernel.Width);
        SetBiases(fields, name, outputChannels, biases);
        return Append(new NeuralNetworkLayer { Convolution = fields }, name, input, output);
    }

    /// <summary>
    /// Adds a <c>convolution</c> with <c>isDeconvolution</c>, a transposed one: each element of the input adds the
    /// weights times itself to a window of the output.
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="outputChannels">1 or more.</param>
    /// <param name="kernel">The window's size.</param>
    /// <param name="weights">[input channels × outputChannels / groups × height × width].</param>
    /// <param name="biases">[outputChannels]; null: none.</param>
    /// <param name="stride">The steps between windows. Default: 1.</param>
    /// <param name="padding">What is cut off the output. Default: <see cref="WindowPadding.Valid"/>.</param>
    /// <param name="groups">Divides both counts of channels.</param>
    /// <param name="outputSize">Height and width of the output; null: as stride and padding have it.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or sizes do not fit.</exception>
    public NetworkBuilder Deconvolution(
        string name,
        int outputChannels,
        WindowSize kernel,
        Initializer weights,
        Initializer? biases = null,
        WindowSize? stride = null,
        WindowPadding? padding = null,
        int groups = 1,
        WindowSize? outputSize = null,
        string? input = null,
        string? output = null)
    {
        ConvolutionLayerParams fields = ConvolutionFields(name, outputChannels, kernel, stride, padding, groups);
        int channels = Channels(name, "convolution", input);
        GroupedChannels(name, "input", channels, groups);
        fields.IsDeconvolution = true;
        fields.KernelChannels = (ulong)channels;
        if (outputSize is { } size)
            fields.OutputShape.Add(Positive(name, "convolution", "output size", size));
        fields.Weights = Weights(
            name, "convolution", "weights", weights, channels, outputChannels / groups, kernel.Height, kernel.Width);
        SetBiases(fields, name, outputChannels, biases);
        return Append(new NeuralNetworkLayer { Convolution = fields }, name, input, output);
    }

    /// <summary>Adds a <c>pooling</c>: one number for each window of each channel.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="type">What is made of a window.</param>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">The steps between windows. Default: the kernel's size.</param>
    /// <param name="padding">Default: <see cref="WindowPadding.Valid"/>.</param>
    /// <param name="excludePadding">Whether the mean leaves out the padding.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or sizes do not fit.</exception>
    public NetworkBuilder Pooling(
        string name,
        PoolingType type,
        WindowSize kernel,
        WindowSize? stride = null,
        WindowPadding? padding = null,
        bool excludePadding = true,
        string? input = null,
        string? output = null)
    {
        WindowPadding edges = padding ?? WindowPadding.Valid;
        var fields = new PoolingLayerParams
        {
            Type = (PoolingLayerParams.Types.PoolingType)type,
            AvgPoolExcludePadding = excludePadding,
        };
        fields.KernelSize.Add(Positive(name, "pooling", "kernel size", kernel));
        fields.Stride.Add(Positive(name, "pooling", "stride", stride ?? kernel));
        if (edges.ValidMessage is { } valid)
            fields.Valid = valid;
        else if (edges.SameMessage is { } same)
            fields.Same = same;
        else
            fields.IncludeLastPixel = edges.IncludeLastPixelMessage;
        return Append(new NeuralNetworkLayer { Pooling = fields }, name, input, output);
    }

    /// <summary>Adds a <c>pooling</c> over the whole of each channel.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="type">What is made of a channel.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name, [C×1×1]. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input has no channels.</exception>
    public NetworkBuilder GlobalPooling(string name, PoolingType type, string? input = null, string? output = null)
    {
        var fields = new PoolingLayerParams
        {
            Type = (PoolingLayerParams.Types.PoolingType)type,
            GlobalPooling = true,
            Valid = WindowPadding.Valid.ValidMessage,
        };
        return Append(new NeuralNetworkLayer { Pooling = fields }, name, input, output);
    }

    private static ConvolutionLayerParams ConvolutionFields(
        string name, int outputChannels, WindowSize kernel, WindowSize? stride, WindowPadding? padding, int groups)
    {
        WindowPadding edges = padding ?? WindowPadding.Valid;
        var fields = new ConvolutionLayerParams
        {
            OutputChannels = Positive(name, "convolution", "number of output channels", outputChannels),
            NGroups = Positive(name, "convolution", "number of groups", groups),
        };
        fields.KernelSize.Add(Positive(name, "convolution", "kernel size", kernel));
        fields.Stride.Add(Positive(name, "convolution", "stride", stride ?? 1));
        if (edges.ValidMessage is { } valid)
            fields.Valid = valid;
        else
            fields.Same = edges.SameMessage ?? throw new ArgumentException(
                $"Layer '{name}' (convolution) takes valid or same padding; IncludeLastPixel is for pooling.",
                nameof(padding));
        GroupedChannels(name, "output", outputChannels, groups);
        return fields;
    }

    private static int GroupedChannels(string name, string which, int channels, int groups) => channels % groups == 0
        ? channels / groups
        : throw new ArgumentException(
            $"Layer '{name}' (convolution) takes {which} channels that its {groups} groups divide; got {channels}.");

    private static void SetBiases(ConvolutionLayerParams fields, string name, int outputChannels, Initializer? biases)
    {
        fields.HasBias = biases is not null;
        if (biases is not null)
            fields.Bias = Weights(name, "convolution", "biases", biases, outputChannels);
    }
}
