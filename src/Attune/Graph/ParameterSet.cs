using System.Numerics;
using System.Numerics.Tensors;

namespace Attune.Graph;

/// <summary>
/// The current numbers of parameters: one consistent set, as a model or a training run uses it. Sets share what they
/// have in common; whoever changes numbers in place owns them through <see cref="Own"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/>; <see cref="double"/> where gradients are checked.</typeparam>
internal sealed class ParameterSet<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Parameter, Memory<T>> values;

    private ParameterSet(Dictionary<Parameter, Memory<T>> values) => this.values = values;

    /// <summary>The numbers that the model was loaded with; for <see cref="float"/> shared with it, not copied.</summary>
    public static ParameterSet<T> Initial(IEnumerable<Parameter> parameters) =>
        new(parameters.ToDictionary(parameter => parameter, parameter => Convert(parameter.Initial)));

    /// <summary>The numbers of <paramref name="parameter"/>, row-major. Change them only after <see cref="Own"/>.</summary>
    public Memory<T> this[Parameter parameter] => values[parameter];

    /// <summary>A set that has its own copy of the numbers of <paramref name="owned"/> and shares all others.</summary>
    public ParameterSet<T> Own(IEnumerable<Parameter> owned)
    {
        var copy = new Dictionary<Parameter, Memory<T>>(values);
        foreach (Parameter parameter in owned)
            copy[parameter] = values[parameter].ToArray();
        return new ParameterSet<T>(copy);
    }

    /// <summary>A set with other numbers for one parameter.</summary>
    public ParameterSet<T> With(Parameter parameter, Memory<T> numbers)
    {
        var copy = new Dictionary<Parameter, Memory<T>>(values) { [parameter] = numbers };
        return new ParameterSet<T>(copy);
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
