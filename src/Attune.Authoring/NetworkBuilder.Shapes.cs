using Attune.Format.Specification;

namespace Attune.Authoring;

/// <content>Layers that move elements or give them another shape.</content>
public sealed partial class NetworkBuilder
{
    /// <summary>Adds a <c>flatten</c>: [C×H×W] becomes [CHW×1×1].</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="order">The order of the elements; channels last is what models made with Keras expect.</param>
    /// <param name="input">[…×C×H×W]. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input does not fit.</exception>
    public NetworkBuilder Flatten(
        string name, ChannelOrder order = ChannelOrder.ChannelFirst, string? input = null, string? output = null) =>
        Append(
            new NeuralNetworkLayer
            {
                Flatten = new FlattenLayerParams { Mode = (FlattenLayerParams.Types.FlattenOrder)order },
            },
            name, input, output);

    /// <summary>
    /// Adds a <c>flattenTo2D</c>: the axes before one become the first, the others the second. Needs specification
    /// version 4.
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="axis">The first axis of the second part; negative counts from the end.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input does not fit.</exception>
    public NetworkBuilder FlattenTo2D(string name, int axis, string? input = null, string? output = null) =>
        Append(
            new NeuralNetworkLayer { FlattenTo2D = new FlattenTo2DLayerParams { Axis = axis } }, name, input, output);

    /// <summary>Adds a <c>reshape</c>: the same elements in another shape.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="targetShape">[C×H×W] or [sequence×C×H×W].</param>
    /// <param name="order">The order in which elements are taken and laid down.</param>
    /// <param name="input">Of five axes. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input does not fit.</exception>
    public NetworkBuilder Reshape(
        string name,
        ReadOnlySpan<int> targetShape,
        ChannelOrder order = ChannelOrder.ChannelFirst,
        string? input = null,
        string? output = null) =>
        Append(
            new NeuralNetworkLayer
            {
                Reshape = new ReshapeLayerParams
                {
                    TargetShape = { Longs(targetShape) },
                    Mode = (ReshapeLayerParams.Types.ReshapeOrder)order,
                },
            },
            name, input, output);

    /// <summary>
    /// Adds a <c>reshapeStatic</c>: the same elements in another shape, of any rank. Needs specification version 4.
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="targetShape">Sizes; -1 once for what is left, 0 for the input's size at that place.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input does not fit.</exception>
    public NetworkBuilder ReshapeStatic(
        string name, ReadOnlySpan<int> targetShape, string? input = null, string? output = null) =>
        Append(
            new NeuralNetworkLayer { ReshapeStatic = new ReshapeStaticLayerParams { TargetShape = { Longs(
                targetShape) } } },
            name, input, output);

    /// <summary>
    /// Adds a <c>rankPreservingReshape</c>: the same elements in another shape of the same rank. Needs specification
    /// version 4.
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="targetShape">Sizes; -1 once for what is left, 0 for the input's size at that place.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input does not fit.</exception>
    public NetworkBuilder RankPreservingReshape(
        string name, ReadOnlySpan<int> targetShape, string? input = null, string? output = null) =>
        Append(
            new NeuralNetworkLayer
            {
                RankPreservingReshape = new RankPreservingReshapeLayerParams { TargetShape = { Longs(targetShape) } },
            },
            name, input, output);

    /// <summary>Adds a <c>squeeze</c>: leaves out axes of size 1. Needs specification version 4.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="axes">Which; none given: all.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input does not fit.</exception>
    public NetworkBuilder Squeeze(string name, ReadOnlySpan<int> axes, string? input = null, string? output = null) =>
        Append(
            new NeuralNetworkLayer
            {
                Squeeze = new SqueezeLayerParams { Axes = { Longs(axes) }, SqueezeAll = axes.IsEmpty },
            },
            name, input, output);

    /// <summary>Adds an <c>expandDims</c>: adds axes of size 1. Needs specification version 4.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="axes">Where they are in the output.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input does not fit.</exception>
    public NetworkBuilder ExpandDims(
        string name, ReadOnlySpan<int> axes, string? input = null, string? output = null) =>
        Append(
            new NeuralNetworkLayer { ExpandDims = new ExpandDimsLayerParams { Axes = { Longs(axes) } } },
            name, input, output);

    /// <summary>
    /// Adds a <c>permute</c>: the axes sequence (0), channel (1), height (2), width (3) in another order; the batch
    /// stays.
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="axes">The four in their new order, such as [0, 2, 3, 1].</param>
    /// <param name="input">Of five axes. Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input does not fit.</exception>
    public NetworkBuilder Permute(string name, ReadOnlySpan<int> axes, string? input = null, string? output = null) =>
        Append(
            new NeuralNetworkLayer { Permute = new PermuteLayerParams { Axis = { Axes(name, axes) } } },
            name, input, output);

    /// <summary>Adds a <c>transpose</c>: all axes in another order. Needs specification version 4.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="axes">The axes in their new order.</param>
    /// <param name="input">Default: the output of the layer before.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or the input does not fit.</exception>
    public NetworkBuilder Transpose(
        string name, ReadOnlySpan<int> axes, string? input = null, string? output = null) =>
        Append(
            new NeuralNetworkLayer { Transpose = new TransposeLayerParams { Axes = { Axes(name, axes) } } },
            name, input, output);

    /// <summary>Adds a <c>concat</c>: the inputs one behind the other along the channels.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputs">The values, two or more.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <param name="alongSequence">Along the sequence axis instead.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder Concat(
        string name, ReadOnlySpan<string> inputs, string? output = null, bool alongSequence = false) =>
        Append(
            new NeuralNetworkLayer { Concat = new ConcatLayerParams { SequenceConcat = alongSequence } },
            name, Several(name, inputs), output);

    /// <summary>
    /// Adds a <c>concatND</c>: the inputs one behind the other along any axis. Needs specification version 4.
    /// </summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputs">The values, two or more.</param>
    /// <param name="axis">Negative counts from the last, -1.</param>
    /// <param name="interleave">Takes slices of the inputs in turn.</param>
    /// <param name="output">The output's name. Default: the layer's.</param>
    /// <exception cref="ArgumentException">A name is taken or unknown, or shapes do not fit each other.</exception>
    public NetworkBuilder ConcatND(
        string name, ReadOnlySpan<string> inputs, int axis, bool interleave = false, string? output = null) =>
        Append(
            new NeuralNetworkLayer { ConcatND = new ConcatNDLayerParams { Axis = axis, Interleave = interleave } },
            name, Several(name, inputs), output);

    private static long[] Longs(ReadOnlySpan<int> values)
    {
        long[] longs = new long[values.Length];
        for (int i = 0; i < longs.Length; i++)
            longs[i] = values[i];
        return longs;
    }

    private static ulong[] Axes(string layer, ReadOnlySpan<int> axes)
    {
        ulong[] unsigned = new ulong[axes.Length];
        for (int i = 0; i < unsigned.Length; i++)
            unsigned[i] = axes[i] >= 0
                ? (ulong)axes[i]
                : throw new ArgumentException($"Layer '{layer}' takes axes from 0 on; got {axes[i]}.", nameof(axes));
        return unsigned;
    }
}
