using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Runtime;

namespace Attune.Graph;

/// <summary>
/// The current numbers of parameters: one consistent set, as a model or a training run uses it. Sets share what they
/// have in common; whoever changes numbers in place owns them through <see cref="Own"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/>; <see cref="double"/> where gradients are checked.</typeparam>
internal sealed class ParameterSet<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Parameter, Memory<T>> values;

    // Held by the plans that use them, so that a model whose inputs change their size does not pile them up.
    private readonly Dictionary<PackedKey, PackedEntry> packed;

    private ParameterSet(Dictionary<Parameter, Memory<T>> values, Dictionary<PackedKey, PackedEntry> packed)
    {
        this.values = values;
        this.packed = packed;
    }

    /// <summary>
    /// The numbers that the model was loaded with; for <see cref="float"/> shared with it, not copied.
    /// </summary>
    public static ParameterSet<T> Initial(IEnumerable<Parameter> parameters) =>
        new(parameters.ToDictionary(parameter => parameter, parameter => Convert(parameter.Initial)), []);

    /// <summary>
    /// The numbers of <paramref name="parameter"/>, row-major. Change them only after <see cref="Own"/>.
    /// </summary>
    public Memory<T> this[Parameter parameter] => values[parameter];

    /// <summary>A set that has its own copy of the numbers of <paramref name="owned"/> and shares all others.</summary>
    public ParameterSet<T> Own(IEnumerable<Parameter> owned)
    {
        var copy = new Dictionary<Parameter, Memory<T>>(values);
        var changing = new HashSet<Parameter>(owned);
        foreach (Parameter parameter in changing)
            copy[parameter] = AlignedMemory.Copy<T>(values[parameter].Span);
        return new ParameterSet<T>(copy, PackedWithout(changing));
    }

    /// <summary>A set with other numbers for one parameter.</summary>
    public ParameterSet<T> With(Parameter parameter, Memory<T> numbers)
    {
        var copy = new Dictionary<Parameter, Memory<T>>(values) { [parameter] = numbers };
        return new ParameterSet<T>(copy, PackedWithout([parameter]));
    }

    /// <summary>
    /// What <see cref="Layer.Pack"/> makes of the parameters of a node, made once while anybody uses it.
    /// </summary>
    public object? Packed(Node node, Shape input, Shape output)
    {
        if (typeof(T) != typeof(float) || node.Layer.Parameters.Count == 0)
            return null;
        var key = new PackedKey(node.Layer, node.Folded.Count == 0 ? null : node.Folded[node.Folded.Count - 1], input);
        lock (packed)
        {
            if (packed.TryGetValue(key, out PackedEntry? kept) && kept.Made.TryGetTarget(out object? known))
                return known;
        }
        object? made = node.Layer.Pack(input, output, NumbersOf(node.Layer), AffineOf(node, output));
        if (made is not null)
            Keep(key, new PackedEntry([.. node.Parameters], new WeakReference<object>(made)));
        return made;
    }

    private ChannelAffine? AffineOf(Node node, Shape output)
    {
        ChannelAffine? all = null;
        foreach (Layer layer in node.Folded)
        {
            ChannelAffine next = layer.AffineOf(output[-3], NumbersOf(layer));
            all = all is null ? next : all.Then(next);
        }
        return all;
    }

    private IReadOnlyList<ReadOnlyMemory<float>> NumbersOf(Layer layer) =>
        [.. layer.Parameters.Select(parameter => (ReadOnlyMemory<float>)(Memory<float>)(object)values[parameter])];

    private void Keep(PackedKey key, PackedEntry entry)
    {
        lock (packed)
        {
            foreach ((PackedKey other, PackedEntry old) in packed.ToArray())
                if (!old.Made.TryGetTarget(out _))
                    packed.Remove(other);
            packed[key] = entry;
        }
    }

    private Dictionary<PackedKey, PackedEntry> PackedWithout(HashSet<Parameter> changing)
    {
        lock (packed)
            return packed
                .Where(entry => !entry.Value.Sources.Any(changing.Contains))
                .ToDictionary(entry => entry.Key, entry => entry.Value);
    }

    private static Memory<T> Convert(ReadOnlyMemory<float> numbers)
    {
        // Read-only by contract, see Own; the file's numbers are not copied for every set.
        if (typeof(T) == typeof(float))
            return (Memory<T>)(object)System.Runtime.InteropServices.MemoryMarshal.AsMemory(numbers);

        var converted = new T[numbers.Length];
        TensorPrimitives.ConvertTruncating<float, T>(numbers.Span, converted);
        return converted;
    }

    /// <summary>
    /// A layer, the last of those folded into it (which leaves no choice of the others), and the shape it is packed
    /// for.
    /// </summary>
    private sealed record PackedKey(Layer Layer, Layer? LastFolded, Shape Input);

    private sealed record PackedEntry(Parameter[] Sources, WeakReference<object> Made);
}
