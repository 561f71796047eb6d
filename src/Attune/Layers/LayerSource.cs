using Attune.Arrays;
using Attune.Format;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>A layer as the file has it, with what its class needs to read itself.</summary>
internal sealed class LayerSource(NeuralNetworkLayer layer, ModelDocument document)
{
    public NeuralNetworkLayer Specification { get; } = layer;

    public string Name => Specification.Name;

    /// <summary>Core ML's name of the layer's type: the field of the file that is set.</summary>
    public string Kind { get; } = LayerKind.Of(layer);

    /// <summary>Reads numbers that the layer holds.</summary>
    /// <param name="role">What they are to the layer: <c>weights</c>, <c>biases</c> or the field's name.</param>
    /// <param name="weights">Where the file keeps them; null where the file leaves them out.</param>
    /// <param name="dimensions">Their shape, row-major.</param>
    /// <exception cref="MLModelFormatException">The file has another number of values, or the shape is no
    /// shape.</exception>
    public Parameter Parameter(string role, WeightParams? weights, params ReadOnlySpan<long> dimensions) =>
        ParameterByAxis(role, weights, channelAxis: 0, dimensions);

    /// <summary>
    /// The same for numbers whose output channels are another axis than the first; quantized ones differ there.
    /// </summary>
    /// <inheritdoc cref="Parameter(string, WeightParams?, ReadOnlySpan{long})"/>
    public Parameter ParameterByAxis(
        string role, WeightParams? weights, int channelAxis, params ReadOnlySpan<long> dimensions)
    {
        Shape shape = ShapeOf(role, dimensions);
        if (weights is null)
            throw Refuse($"{shape.Count} {role}", "none");

        return new Parameter
        {
            Layer = Name,
            Role = role,
            Shape = shape,
            Initial = document.DecodeFloats(
                weights, shape.Count, $"Layer '{Name}' ({Kind}), {role}",
                channelAxis == 0 ? 0 : shape.CountOf(channelAxis + 1, shape.Rank)),
            Source = weights,
            IsMarkedUpdatable = Specification.IsUpdatable && weights.IsUpdatable,
        };
    }

    /// <summary>Reads a list of numbers that is as long as the file makes it.</summary>
    /// <exception cref="MLModelFormatException">The file leaves them out.</exception>
    public Parameter Parameter(string role, WeightParams? weights) => weights is null
        ? throw Refuse(role, "none")
        : Parameter(role, weights, document.Weights(weights).Count);

    /// <summary>Reads numbers that the layer holds and that are never trained.</summary>
    /// <exception cref="MLModelFormatException">The file has another number of values, or the shape is no
    /// shape.</exception>
    public ReadOnlyMemory<float> Constants(string role, WeightParams? weights, params ReadOnlySpan<long> dimensions) =>
        Parameter(role, weights, dimensions).Initial;

    /// <summary>Two amounts in the order height, width.</summary>
    /// <param name="what">What they are, for messages.</param>
    /// <param name="values">What the file has: two, or none for twice the default.</param>
    /// <param name="otherwise">The default.</param>
    /// <param name="least">The least that either may be.</param>
    /// <exception cref="MLModelFormatException">There is another number of them, or one is out of range.</exception>
    public (int Height, int Width) Pair(string what, IReadOnlyList<ulong> values, int otherwise, int least) =>
        values.Count switch
    {
        0 => (otherwise, otherwise),
        2 => (Amount(what, values[0], least), Amount(what, values[1], least)),
        _ => throw Refuse($"two numbers (height, width) for its {what}", $"{values.Count}"),
    };

    /// <summary>Refuses a value of an enumeration that this version does not know.</summary>
    /// <exception cref="MLModelNotSupportedException">It does not.</exception>
    public void RequireKnown<TEnum>(string field, TEnum value) where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw Unsupported($"has the unknown {field} {value}.");
    }

    /// <summary>The error of a layer that is right but cannot run: "Layer 'x' (kind) …".</summary>
    public MLModelNotSupportedException Unsupported(string does)
    {
        string reason = $"Layer '{Name}' ({Kind}) {does}";
        return new MLModelNotSupportedException(reason, [reason]);
    }

    /// <summary>A size, stride or amount from the file that has to be in a range that arithmetic can bear.</summary>
    /// <exception cref="MLModelFormatException">It is not.</exception>
    public int Amount(string what, ulong value, int least = 0)
    {
        const int Most = 1 << 24;
        if (value < (ulong)least || value > Most)
            throw Refuse(
                $"a {what} from {least} to {Most}", value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return (int)value;
    }

    /// <summary>The error of a layer whose fields do not fit: "Layer 'x' (kind) takes …; got …".</summary>
    public MLModelFormatException Refuse(string takes, string got) =>
        new($"Layer '{Name}' ({Kind}) takes {takes}; got {got}.", Name);

    private Shape ShapeOf(string role, ReadOnlySpan<long> dimensions)
    {
        Span<int> narrow = stackalloc int[dimensions.Length];
        bool fits = true;
        for (int i = 0; i < narrow.Length; i++)
        {
            fits &= dimensions[i] is >= 0 and <= int.MaxValue;
            narrow[i] = unchecked((int)dimensions[i]);
        }
        if (fits && Shape.TryOf(narrow, out Shape? shape))
            return shape;
        throw Refuse($"{role} of a shape that fits memory", $"[{string.Join('×', dimensions.ToArray())}]");
    }
}
