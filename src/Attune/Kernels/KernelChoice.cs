namespace Attune.Kernels;

/// <summary>
/// What the environment variable <c>ATTUNE_KERNEL</c> says: a family of kernels narrower than the best that the
/// processor has, so that each can be tested, and results of another machine be reproduced, on one.
/// </summary>
internal static class KernelChoice
{
    public const string Variable = "ATTUNE_KERNEL";

    /// <summary>The width that a setting asks for; the best where it says nothing.</summary>
    /// <exception cref="ArgumentException">It names no family, or one that this processor lacks.</exception>
    public static VectorWidth Of(string? setting, VectorWidth best)
    {
        VectorWidth wanted = setting switch
        {
            null or "" => best,
            "avx512" => VectorWidth.Vector512,
            "avx2" => VectorWidth.Vector256,
            "vector128" => VectorWidth.Vector128,
            "scalar" => VectorWidth.Scalar,
            _ => throw new ArgumentException(
                $"The environment variable {Variable} takes avx512, avx2, vector128 or scalar; got '{setting}'. " +
                "Correct it, or leave it unset for the best kernels of this processor."),
        };
        return wanted <= best
            ? wanted
            : throw new ArgumentException(
                $"The environment variable {Variable} asks for the kernels '{setting}'; this processor, or its " +
                $"runtime's settings, allow {best} at most. Name a narrower family, or leave the variable unset.");
    }
}
