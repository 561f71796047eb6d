using Attune.Arrays;
using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>
/// Makes a neural network in code: inputs, layers, outputs, and, if it is to learn, how. The counterpart of
/// coremltools' <c>NeuralNetworkBuilder</c>.
/// </summary>
/// <remarks>
/// <para>Methods are named as Core ML's layers and return the builder. A layer takes the output of the layer before
/// it (the first one the model's only input), unless <c>input</c> names another value; its output has the layer's own
/// name, unless <c>output</c> gives another. Names of layers and of values are unique.</para>
/// <para>Shapes are followed from layer to layer, so that counts of input channels need not be given, and a layer
/// that does not fit is refused at once by an <see cref="ArgumentException"/>. <see cref="ModelDraft{TDraft}.Build"/>
/// checks the model as a whole and reports all problems together.</para>
/// <para>The specification version is the lowest that has everything the model uses.</para>
/// </remarks>
/// <example><code>
/// MLModel model = new NetworkBuilder()
///     .AddImageInput("image", 28, 28)
///     .Flatten("flatten")
///     .InnerProduct("dense", 10, Initializer.GlorotUniform(seed: 1), Initializer.Zeros)
///     .Softmax("probabilities")
///     .Classifier(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], "digit", "probabilities")
///     .MakeUpdatable("dense")
///     .CategoricalCrossEntropyLoss("loss")
///     .Sgd(learningRate: 0.01, miniBatchSize: 32)
///     .Epochs(10)
///     .Build();
/// </code></example>
public sealed partial class NetworkBuilder : ModelDraft<NetworkBuilder>
{
    private readonly InputMapping mapping;
    private readonly ModelDocument empty = ModelAssembly.Empty();
    private readonly ValueShapes shapes;
    private readonly List<NeuralNetworkLayer> layers = [];
    private readonly HashSet<string> layerNames = new(StringComparer.Ordinal);

    /// <summary>A network without inputs and layers.</summary>
    /// <param name="mapping">Which shapes arrays and images have inside it.</param>
    public NetworkBuilder(InputMapping mapping = InputMapping.Rank5)
    {
        this.mapping = mapping;
        shapes = new ValueShapes(mapping.Arrays(), mapping.Images(), empty);
    }

    private protected override NetworkBuilder This => this;

    /// <summary>The shape of a value inside the network, such as [1, 1, 32, 26, 26].</summary>
    /// <param name="value">An input, or an output of a layer.</param>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    public IReadOnlyList<int> ShapeOf(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return shapes.TryGet(value, out Shape? shape)
            ? Array.AsReadOnly(shape.Dimensions.ToArray())
            : throw new ArgumentException(
                $"The network has no value '{value}': it is neither an input nor made by a layer.", nameof(value));
    }

    private protected override int[]? FeatureShapeOf(string value) =>
        shapes.TryGet(value, out Shape? shape) ? shapes.FeatureShape(shape) : null;

    /// <summary>Adds a layer of one output whose fields are filled in.</summary>
    private NetworkBuilder Append(NeuralNetworkLayer layer, string name, IEnumerable<string> inputs, string? output) =>
        Append(layer, name, inputs, [output ?? name]);

    private NetworkBuilder Append(NeuralNetworkLayer layer, string name, string? input, string? output) =>
        Append(layer, name, [Source(name, input)], output);

    private NetworkBuilder Append(
        NeuralNetworkLayer layer, string name, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        layer.Name = name;
        RequireNewName(layer);
        layer.Input.AddRange(inputs.Select(input => Source(name, input)));
        layer.Output.AddRange(outputs);
        RequireNewValues(layer);
        try
        {
            shapes.AddLayer(layer);
        }
        catch (MLModelFormatException refusal)
        {
            throw new ArgumentException(refusal.Message, refusal);
        }
        layers.Add(layer);
        layerNames.Add(name);
        return this;
    }

    private void RequireNewName(NeuralNetworkLayer layer)
    {
        if (string.IsNullOrEmpty(layer.Name))
            throw new ArgumentException($"A layer ({LayerKind.Of(layer)}) takes a name; got none.");
        if (layerNames.Contains(layer.Name))
            throw new ArgumentException(
                $"A layer takes a name of its own; the network already has a layer '{layer.Name}'.");
    }

    private void RequireNewValues(NeuralNetworkLayer layer)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string output in layer.Output)
            if (output.Length == 0 || shapes.Contains(output) || !names.Add(output))
                throw new ArgumentException(
                    $"Layer '{layer.Name}' ({LayerKind.Of(layer)}) takes new names for its outputs; " +
                    $"{(output.Length == 0 ? "one is empty" : $"the network already has a value '{output}'")}.");
    }

    /// <summary>The name of a value that a layer takes: the given one, or what the layer before has made.</summary>
    private string Source(string layer, string? given)
    {
        if (given is not null)
            return shapes.Contains(given)
                ? given
                : throw new ArgumentException(
                    $"Layer '{layer}' takes '{given}', which is neither an input of the model nor made by a layer " +
                    "before it.");
        if (layers.Count > 0)
            return Networks.LastValue(layers);
        return inputs.Count == 1
            ? inputs[0].Name
            : throw new ArgumentException(
                $"Layer '{layer}' takes the name of its input, since the model has {inputs.Count} inputs and no " +
                "layer before it.");
    }

    private Shape InputShape(string layer, string? given)
    {
        shapes.TryGet(Source(layer, given), out Shape? shape);
        return shape!;
    }

    /// <summary>
    /// The size of the axis on which channels stand: the third from the end, or the last of arrays of less rank.
    /// </summary>
    private int Channels(string layer, string kind, string? given)
    {
        Shape shape = InputShape(layer, given);
        return shape.Rank switch
        {
            0 => throw new ArgumentException(
                $"Layer '{layer}' ({kind}) takes an array; '{Source(layer, given)}' is one number."),
            >= 3 => shape[-3],
            _ => shape[-1],
        };
    }

    private static WeightParams Weights(
        string layer, string kind, string role, Initializer initializer, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(initializer, role);
        if (!Shape.TryOf(shape, out Shape? whole))
            throw new ArgumentException(
                $"Layer '{layer}' ({kind}) takes {role} that fit memory; got the shape " +
                $"[{string.Join('×', shape.ToArray())}].");
        var weights = new WeightParams();
        weights.FloatValue.AddRange(initializer.Make(layer, kind, role, whole));
        return weights;
    }

    private static ulong Positive(string layer, string kind, string what, int value) => value >= 1
        ? (ulong)value
        : throw new ArgumentException($"Layer '{layer}' ({kind}) takes a {what} of 1 or more; got {value}.");

    private static ulong[] Positive(string layer, string kind, string what, WindowSize size) =>
        [Positive(layer, kind, what, size.Height), Positive(layer, kind, what, size.Width)];
}
