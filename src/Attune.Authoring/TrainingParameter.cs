using System.Globalization;

namespace Attune.Authoring;

/// <summary>
/// Hyper-parameters as an updatable model's file holds them: a default, and the values that the user of the model may
/// choose instead. Plain numbers convert by themselves, with the limits that Core ML's own tools write: for a
/// floating-point parameter the range 0 to 1, for a whole one the set of that number alone.
/// </summary>
public static class TrainingParameter
{
    /// <summary>A floating-point parameter without limits.</summary>
    /// <param name="defaultValue">What an update uses unless told otherwise.</param>
    public static DoubleTrainingParameter Double(double defaultValue) => new(defaultValue, null, null);

    /// <summary>A floating-point parameter in a range.</summary>
    /// <param name="defaultValue">What an update uses unless told otherwise; in the range, which <c>Build</c>
    /// checks.</param>
    /// <param name="minimum">The least allowed, included.</param>
    /// <param name="maximum">The largest allowed, included.</param>
    public static DoubleTrainingParameter Double(double defaultValue, double minimum, double maximum) =>
        new(defaultValue, minimum, maximum);

    /// <summary>A whole parameter without limits.</summary>
    /// <param name="defaultValue">What an update uses unless told otherwise.</param>
    public static Int64TrainingParameter Int64(long defaultValue) => new(defaultValue);

    /// <summary>A whole parameter in a range.</summary>
    /// <param name="defaultValue">What an update uses unless told otherwise; in the range, which <c>Build</c>
    /// checks.</param>
    /// <param name="minimum">The least allowed, included.</param>
    /// <param name="maximum">The largest allowed, included.</param>
    public static Int64TrainingParameter Int64(long defaultValue, long minimum, long maximum) =>
        new(defaultValue) { Minimum = minimum, Maximum = maximum };

    /// <summary>A whole parameter out of a set.</summary>
    /// <param name="defaultValue">What an update uses unless told otherwise; in the set, which <c>Build</c>
    /// checks.</param>
    /// <param name="allowedValues">All that is allowed.</param>
    public static Int64TrainingParameter Int64Set(long defaultValue, params ReadOnlySpan<long> allowedValues) =>
        new(defaultValue) { AllowedValues = Array.AsReadOnly(allowedValues.ToArray()) };
}

/// <summary>A floating-point hyper-parameter: learning rate, momentum, and those of Adam.</summary>
/// <param name="DefaultValue">What an update uses unless told otherwise.</param>
/// <param name="Minimum">The least allowed, included; null: no limits.</param>
/// <param name="Maximum">The largest allowed, included; null: no limits.</param>
public sealed record DoubleTrainingParameter(double DefaultValue, double? Minimum, double? Maximum)
{
    /// <summary>The number with the range 0 to 1.</summary>
    public static implicit operator DoubleTrainingParameter(double defaultValue) => new(defaultValue, 0, 1);

    internal Format.Specification.DoubleParameter ToMessage()
    {
        var message = new Format.Specification.DoubleParameter { DefaultValue = DefaultValue };
        if (Minimum is { } minimum && Maximum is { } maximum)
            message.Range = new Format.Specification.DoubleRange { MinValue = minimum, MaxValue = maximum };
        return message;
    }
}

/// <summary>A whole hyper-parameter: mini-batch size, epochs, seed.</summary>
/// <param name="DefaultValue">What an update uses unless told otherwise.</param>
public sealed record Int64TrainingParameter(long DefaultValue)
{
    /// <summary>The least allowed, included; null: no range.</summary>
    public long? Minimum { get; init; }

    /// <summary>The largest allowed, included; null: no range.</summary>
    public long? Maximum { get; init; }

    /// <summary>All that is allowed; null: no set.</summary>
    public IReadOnlyList<long>? AllowedValues { get; init; }

    /// <summary>The number with the set of it alone.</summary>
    public static implicit operator Int64TrainingParameter(long defaultValue) =>
        TrainingParameter.Int64Set(defaultValue, defaultValue);

    /// <summary>The default and what is allowed.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{DefaultValue}") + (this switch
    {
        { AllowedValues: { } set } => $" of {{{string.Join(", ", set)}}}",
        { Minimum: { } minimum, Maximum: { } maximum } => $" of [{minimum}, {maximum}]",
        _ => "",
    });

    internal Format.Specification.Int64Parameter ToMessage()
    {
        var message = new Format.Specification.Int64Parameter { DefaultValue = DefaultValue };
        if (AllowedValues is { } set)
        {
            message.Set = new Format.Specification.Int64Set();
            message.Set.Values.AddRange(set);
        }
        else if (Minimum is { } minimum && Maximum is { } maximum)
        {
            message.Range = new Format.Specification.Int64Range { MinValue = minimum, MaxValue = maximum };
        }
        return message;
    }
}
