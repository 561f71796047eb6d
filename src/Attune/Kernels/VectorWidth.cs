using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attune.Kernels;

/// <summary>Which micro-kernel of a matrix product runs; the number is floats per vector.</summary>
internal enum VectorWidth
{
    Scalar = 1,
    Vector128 = 4,
    Vector256 = 8,
    Vector512 = 16,
}

/// <summary>
/// The widths this processor has. Chosen by its features and the environment, never by measuring while running.
/// </summary>
internal static class VectorWidths
{
    // Read once: results must not change while the process runs.
    private static readonly string? Setting = Environment.GetEnvironmentVariable(KernelChoice.Variable);

    /// <summary>What kernels use: the widest, unless the environment names a narrower one.</summary>
    /// <exception cref="ArgumentException">The environment names what this processor lacks.</exception>
    public static VectorWidth Best => Setting is null ? Widest : KernelChoice.Of(Setting, Widest);

    /// <summary>
    /// Asked by instruction set rather than by Vector512.IsHardwareAccelerated, which is false on processors that lower
    /// their clock for wide vectors: products keep the wide units busy enough to gain all the same.
    /// </summary>
    private static VectorWidth Widest
    {
        get
        {
            if (Avx512F.IsSupported)
                return VectorWidth.Vector512;
            if (Avx2.IsSupported && Fma.IsSupported)
                return VectorWidth.Vector256;
            return Vector128.IsHardwareAccelerated ? VectorWidth.Vector128 : VectorWidth.Scalar;
        }
    }

    public static bool IsSupported(VectorWidth width) => width <= Best;

    /// <summary>Runs the action with the lanes of a width: the one place where a number becomes a type.</summary>
    public static void Run<TAction>(VectorWidth width, ref TAction action) where TAction : struct, IVectorAction
    {
        switch (width)
        {
            case VectorWidth.Vector512:
                action.Run<Lanes512, Vector512<float>>();
                break;
            case VectorWidth.Vector256:
                action.Run<Lanes256, Vector256<float>>();
                break;
            case VectorWidth.Vector128:
                action.Run<Lanes128, Vector128<float>>();
                break;
            default:
                action.Run<Lanes1, float>();
                break;
        }
    }
}

/// <summary>A kernel waiting for its vector width.</summary>
internal interface IVectorAction
{
    void Run<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged;
}
