using System.Globalization;
using Attune.Features;

namespace Attune;

/// <summary>
/// The numbers that a parameter takes: a range with both ends, or a set. Core ML: <c>MLNumericConstraint</c>.
/// </summary>
public sealed class MLNumericConstraint
{
    // A double does not hold every long: integer parameters are compared as integers.
    private readonly (long Min, long Max)? integers;

    private MLNumericConstraint(double min, double max, IReadOnlyList<long>? set, (long Min, long Max)? integers)
    {
        MinNumber = min;
        MaxNumber = max;
        EnumeratedNumbers = set;
        this.integers = integers;
    }

    /// <summary>The smallest number allowed; negative infinity if there is none.</summary>
    public double MinNumber { get; }

    /// <summary>The largest number allowed; infinity if there is none.</summary>
    public double MaxNumber { get; }

    /// <summary>The numbers allowed, ascending; null if they are given as a range.</summary>
    public IReadOnlyList<long>? EnumeratedNumbers { get; }

    /// <summary>Whether a number is allowed. NaN never is.</summary>
    public bool IsAllowed(double value) => EnumeratedNumbers is null
        ? value >= MinNumber && value <= MaxNumber
        : EnumeratedNumbers.Any(number => value == number);

    /// <summary>Whether an integer is allowed.</summary>
    public bool IsAllowed(long value)
    {
        if (EnumeratedNumbers is not null)
            return EnumeratedNumbers.Contains(value);
        return integers is { } range ? value >= range.Min && value <= range.Max : IsAllowed((double)value);
    }

    internal static MLNumericConstraint Range(double min, double max) => new(min, max, null, null);

    internal static MLNumericConstraint Range(long min, long max) => new(min, max, null, (min, max));

    internal static MLNumericConstraint Set(IEnumerable<long> numbers)
    {
        long[] sorted = [.. numbers.Distinct().Order()];
        double min = sorted.Length == 0 ? double.NaN : sorted[0];
        double max = sorted.Length == 0 ? double.NaN : sorted[^1];
        return new MLNumericConstraint(min, max, Array.AsReadOnly(sorted), null);
    }

    /// <summary>The numbers as messages name them: <c>0 to 1</c>, <c>16, 32 or 64</c>.</summary>
    public override string ToString()
    {
        if (EnumeratedNumbers is not null)
            return Wording.Alternatives(EnumeratedNumbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));
        return integers is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{range.Min} to {range.Max}")
            : string.Create(CultureInfo.InvariantCulture, $"{MinNumber} to {MaxNumber}");
    }
}
