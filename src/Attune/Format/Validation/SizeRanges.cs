using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>What may be said of a range of sizes, whose upper end is negative where there is none.</summary>
internal static class SizeRanges
{
    /// <summary>
    /// Whether the lower end is above the upper. An upper end of 0 counts as none, as Core ML has it.
    /// </summary>
    public static bool IsReversed(SizeRange range) =>
        range.UpperBound > 0 && range.LowerBound > (ulong)range.UpperBound;

    public static bool Contains(SizeRange range, long size) =>
        size >= 0 && (ulong)size >= range.LowerBound && (range.UpperBound < 0 || size <= range.UpperBound);

    public static string Text(SizeRange range) => range.UpperBound < 0
        ? $"{range.LowerBound} or more"
        : $"{range.LowerBound} to {range.UpperBound}";
}
