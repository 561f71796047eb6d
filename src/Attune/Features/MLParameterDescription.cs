using System.Globalization;
using Attune.Features;

namespace Attune;

/// <summary>What a model says about one of its parameters. Core ML: <c>MLParameterDescription</c>.</summary>
public sealed class MLParameterDescription
{
    internal MLParameterDescription(
        MLParameterKey key, object defaultValue, MLNumericConstraint? numericConstraint = null)
    {
        Key = key;
        DefaultValue = ParameterValues.Convert(key, defaultValue);
        NumericConstraint = numericConstraint;
    }

    /// <summary>The parameter.</summary>
    public MLParameterKey Key { get; }

    /// <summary>The model's own value: a <see cref="double"/>, <see cref="long"/>, <see cref="bool"/>,
    /// <see cref="string"/> or <see cref="MLMultiArray"/>, as the key says.</summary>
    public object DefaultValue { get; }

    /// <summary>The numbers allowed; null if any is, or if the parameter is no number.</summary>
    public MLNumericConstraint? NumericConstraint { get; }

    /// <summary>The same parameter of a model in a pipeline.</summary>
    internal MLParameterDescription Under(string model) => new(Key.Under(model), DefaultValue, NumericConstraint);

    /// <summary>A caller's value as the parameter's own type.</summary>
    /// <exception cref="ArgumentException">The value is of a type that the parameter does not take.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is not one that the model allows.</exception>
    internal object Accept(object value)
    {
        object own = ParameterValues.Convert(Key, value);
        bool allowed = own switch
        {
            long integer => NumericConstraint?.IsAllowed(integer) ?? true,
            double number => NumericConstraint?.IsAllowed(number) ?? true,
            _ => true,
        };
        if (!allowed)
            throw new ArgumentOutOfRangeException(
                nameof(value),
                string.Create(
                    CultureInfo.InvariantCulture, $"Parameter '{Key}' takes {NumericConstraint}; got {own}."));
        return own;
    }

    /// <summary>The parameter and its value, such as <c>learningRate = 0.01 (0 to 1)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Key} = {DefaultValue}{(NumericConstraint is null ? "" : $" ({NumericConstraint})")}");
}
