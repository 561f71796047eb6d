using System.Globalization;
using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>What holds for the parameters of updatable models and of nearest-neighbours classifiers.</summary>
internal static class ParameterRules
{
    /// <summary>Values below 1 of a count: its default, the ends of its range, and what its set has up to the
    /// default. Core ML's validator looks no further.</summary>
    public static IEnumerable<Flaw> Positive(string name, Int64Parameter parameter, string field)
    {
        IEnumerable<long> values = [parameter.DefaultValue];
        if (parameter.Set is { } set)
            values = values.Concat(set.Values.TakeWhile(value => value != parameter.DefaultValue));
        if (parameter.Range is { } range)
            values = values.Append(range.MinValue).Append(range.MaxValue);
        return NotPositive(name, values, field);
    }

    /// <summary>Values below 1 that a count's set has behind its default.</summary>
    public static IEnumerable<Flaw> PositiveBehindDefault(string name, Int64Parameter parameter, string field) =>
        NotPositive(
            name, parameter.Set?.Values.SkipWhile(value => value != parameter.DefaultValue).Skip(1) ?? [], field);

    public static IEnumerable<Flaw> Allowed(string name, Int64Parameter parameter, string field)
    {
        if (parameter.Set is { } set && !set.Values.Contains(parameter.DefaultValue))
            yield return Refusal(
                name, Text(parameter.DefaultValue), $"{{{string.Join(", ", set.Values.Take(20))}}}", field);
        if (parameter.Range is { } range
            && (parameter.DefaultValue < range.MinValue || parameter.DefaultValue > range.MaxValue))
            yield return Refusal(
                name, Text(parameter.DefaultValue), $"from {Text(range.MinValue)} to {Text(range.MaxValue)}", field);
    }

    public static IEnumerable<Flaw> Allowed(string name, DoubleParameter parameter, string field)
    {
        if (parameter.Range is { } range
            && !(parameter.DefaultValue >= range.MinValue && parameter.DefaultValue <= range.MaxValue))
            yield return Refusal(
                name, Text(parameter.DefaultValue), $"from {Text(range.MinValue)} to {Text(range.MaxValue)}", field);
    }

    private static IEnumerable<Flaw> NotPositive(string name, IEnumerable<long> values, string field)
    {
        long[] wrong = [.. values.Where(value => value <= 0).Distinct().Take(20)];
        if (wrong.Length > 0)
            yield return new Flaw(
                $"Parameter {name} takes numbers of 1 or more; got {string.Join(", ", wrong)}.", field);
    }

    private static Flaw Refusal(string name, string got, string allowed, string field) =>
        new($"The default of parameter {name} takes one of the allowed values, {allowed}; got {got}.", field);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
