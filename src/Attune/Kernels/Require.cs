using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>The checks at the entry of every kernel, which let the loops inside trust pointers and indices.</summary>
internal static class Require
{
    /// <exception cref="ArgumentException">The span is shorter than the shape says.</exception>
    public static void Length(int actual, long needed, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        if (actual < needed)
            ThrowLength(actual, needed, name);
    }

    /// <exception cref="ArgumentException">A size is negative.</exception>
    public static void Size(int size, [CallerArgumentExpression(nameof(size))] string name = "")
    {
        if (size < 0)
            throw new ArgumentException($"A kernel takes sizes of 0 or more; '{name}' is {size}.", name);
    }

    [DoesNotReturn]
    private static void ThrowLength(int actual, long needed, string name) =>
        throw new ArgumentException($"This shape takes {needed} values in '{name}'; got {actual}.", name);
}
