using System.Globalization;

namespace Attune;

/// <summary>The sizes that an axis, an image side or a sequence may have, both ends included.</summary>
/// <param name="LowerBound">The smallest size, 0 or more.</param>
/// <param name="UpperBound">The largest size; -1: there is none.</param>
public readonly record struct MLSizeRange(long LowerBound, long UpperBound)
{
    /// <summary>The range of one size alone.</summary>
    public static MLSizeRange Exactly(long size) => new(size, size);

    /// <summary>Whether there is no largest size.</summary>
    public bool IsUnbounded => UpperBound < 0;

    /// <summary>Whether a size lies in the range.</summary>
    public bool Contains(long size) => size >= LowerBound && (IsUnbounded || size <= UpperBound);

    /// <summary>The range as messages name it: <c>28</c>, <c>1 to 128</c>, <c>1 or more</c>.</summary>
    public override string ToString()
    {
        if (IsUnbounded)
            return string.Create(CultureInfo.InvariantCulture, $"{LowerBound} or more");
        return LowerBound == UpperBound
            ? LowerBound.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{LowerBound} to {UpperBound}");
    }
}
