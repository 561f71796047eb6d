using System.Globalization;

namespace Attune.Models;

/// <summary>Which values a parameter takes: the type first, then what the file allows.</summary>
internal static class ParameterRules
{
    /// <summary>The value in the type of the parameter: <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or
    /// <see cref="string"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of what the file allows.</exception>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static object Require(MLParameterDescription parameter, object? value) => parameter.DefaultValue switch
    {
        long => RequireInt64(parameter, value),
        double => RequireDouble(parameter, value),
        bool => value is bool ? value : throw OfAnotherType(parameter, "a Bool", value),
        _ => value is string ? value : throw OfAnotherType(parameter, "a String", value),
    };

    private static object RequireInt64(MLParameterDescription parameter, object? value)
    {
        long number = value switch
        {
            int narrow => narrow,
            long wide => wide,
            _ => throw OfAnotherType(parameter, "an Int64", value),
        };
        MLNumericConstraint? constraint = parameter.NumericConstraint;
        if (constraint?.EnumeratedNumbers is { } set && !set.Contains(number))
            throw OutOfRange(parameter, $"one of {{{string.Join(", ", set)}}}", number);
        if (constraint is { EnumeratedNumbers: null } && (number < constraint.MinNumber || number > constraint.MaxNumber))
            throw OutOfRange(parameter, Range(constraint), number);
        if (number < 1 && MustBePositive(parameter.Key))
            throw OutOfRange(parameter, "an Int64 of 1 or more", number);
        return number;
    }

    private static object RequireDouble(MLParameterDescription parameter, object? value)
    {
        double number = value switch
        {
            int whole => whole,
            float narrow => narrow,
            double wide => wide,
            _ => throw OfAnotherType(parameter, "a Double", value),
        };
        if (!double.IsFinite(number))
            throw OutOfRange(parameter, "a finite Double", number);
        if (parameter.NumericConstraint is { } constraint && (number < constraint.MinNumber || number > constraint.MaxNumber))
            throw OutOfRange(parameter, Range(constraint), number);
        return number;
    }

    private static bool MustBePositive(MLParameterKey key) =>
        key.Name == MLParameterKey.Epochs.Name
        || key.Name == MLParameterKey.MiniBatchSize.Name
        || key.Name == MLParameterKey.NumberOfNeighbors.Name;

    private static string Range(MLNumericConstraint constraint) => string.Create(
        CultureInfo.InvariantCulture, $"a number from {constraint.MinNumber} to {constraint.MaxNumber}");

    private static ArgumentOutOfRangeException OutOfRange(MLParameterDescription parameter, string takes, object got) =>
        new(
            parameter.Key.ToString(),
            got,
            string.Create(CultureInfo.InvariantCulture, $"Parameter '{parameter.Key}' takes {takes}; got {got}."));

    private static ArgumentException OfAnotherType(MLParameterDescription parameter, string takes, object? value) =>
        new($"Parameter '{parameter.Key}' takes {takes}; got {value?.GetType().Name ?? "null"}.");
}
