namespace Attune.Features;

/// <summary>What kind of value a parameter takes, and how plain objects serve as one.</summary>
internal enum ParameterKind
{
    /// <summary>A <see cref="double"/>; int, long, and float serve as well.</summary>
    Double,

    /// <summary>A <see cref="long"/>; the smaller integers serve as well.</summary>
    Int64,

    /// <summary>A <see cref="bool"/>.</summary>
    Boolean,

    /// <summary>A <see cref="string"/>.</summary>
    String,

    /// <summary>An <see cref="MLMultiArray"/>.</summary>
    MultiArray,
}

internal static class ParameterValues
{
    /// <summary>The object as the kind's own type: double, long, bool, string or MLMultiArray; null if it does not
    /// serve.</summary>
    public static object? TryConvert(ParameterKind kind, object? value) => (kind, value) switch
    {
        (ParameterKind.Double, double) => value,
        (ParameterKind.Double, float or long or int or short or byte) => System.Convert.ToDouble(value, null),
        (ParameterKind.Int64, long or int or short or byte) => System.Convert.ToInt64(value, null),
        (ParameterKind.Boolean, bool) => value,
        (ParameterKind.String, string) => value,
        (ParameterKind.MultiArray, MLMultiArray) => value,
        _ => null,
    };

    /// <exception cref="ArgumentException">The object does not serve as a value of the parameter.</exception>
    public static object Convert(MLParameterKey key, object? value) =>
        TryConvert(key.Kind, value) ?? throw new ArgumentException(
            $"Parameter '{key}' takes a value of type {key.Kind}; got {value?.GetType().Name ?? "null"}.");
}
