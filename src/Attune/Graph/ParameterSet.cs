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
    private readonly Dictionary<(Layer Layer, Shape Input), WeakReference<object>> packed;

    private ParameterSet(
        Dictionary<Parameter, Memory<T>> values, Dictionary<(Layer Layer, Shape Input), WeakReference<object>> packed)
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

    /// <summary>What <see cref="Layer.Pack"/> makes of a layer's parameters, made once while anybody uses it.</summary>
    public object? Packed(Layer layer, Shape input, Shape output)
    {
        if (typeof(T) != typeof(float) || layer.Parameters.Count == 0)
            return null;
        lock (packed)
        {
            if (packed.TryGetValue((layer, input), out WeakReference<object>? kept)
                && kept.TryGetTarget(out object? known))
                return known;
        }
        var numbers = (IReadOnlyList<ReadOnlyMemory<float>>)
            [.. layer.Parameters.Select(parameter => (ReadOnlyMemory<float>)(Memory<float>)(object)values[parameter])];
        object? made = layer.Pack(input, output, numbers);
        if (made is not null)
            Keep(layer, input, made);
        return made;
    }

    private void Keep(Layer layer, Shape input, object made)
    {
        lock (packed)
        {
            foreach (((Layer, Shape) key, WeakReference<object> old) in packed.ToArray())
                if (!old.TryGetTarget(out _))
                    packed.Remove(key);
            packed[(layer, input)] = new WeakReference<object>(made);
        }
    }

    private Dictionary<(Layer Layer, Shape Input), WeakReference<object>> PackedWithout(HashSet<Parameter> changing)
    {
        lock (packed)
            return packed
                .Where(entry => !entry.Key.Layer.Parameters.Any(changing.Contains))
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
}
