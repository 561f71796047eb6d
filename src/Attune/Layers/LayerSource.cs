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
    /// <exception cref="MLModelFormatException">The file has another number of values, or the shape is no shape.</exception>
    /// <exception cref="MLModelNotSupportedException">They are stored in a way that cannot be read yet.</exception>
    public Parameter Parameter(string role, WeightParams? weights, params ReadOnlySpan<long> dimensions)
    {
        Shape shape = ShapeOf(role, dimensions);
        if (weights is null)
            throw Refuse($"{shape.Count} {role}", "none");

        return new Parameter
        {
            Layer = Name,
            Role = role,
            Shape = shape,
            Initial = document.DecodeFloats(weights, shape.Count, $"Layer '{Name}' ({Kind}), {role}"),
            Source = weights,
            IsMarkedUpdatable = Specification.IsUpdatable && weights.IsUpdatable,
        };
    }

    /// <summary>A size, stride or amount from the file that has to be in a range that arithmetic can bear.</summary>
    /// <exception cref="MLModelFormatException">It is not.</exception>
    public int Amount(string what, ulong value, int least = 0)
    {
        const int Most = 1 << 24;
        if (value < (ulong)least || value > Most)
            throw Refuse($"a {what} from {least} to {Most}", value.ToString(System.Globalization.CultureInfo.InvariantCulture));
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
