using System.Runtime.Intrinsics;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>The one place where a matrix product chooses its vector width.</summary>
internal static unsafe class GemmKernels
{
    public static void Multiply(VectorWidth width, Workers workers, in ProductShape shape, in ProductOperands operands)
    {
        switch (width)
        {
            case VectorWidth.Vector512:
                FloatProduct<Lanes512, Vector512<float>>.Multiply(workers, shape, operands);
                break;
            case VectorWidth.Vector256:
                FloatProduct<Lanes256, Vector256<float>>.Multiply(workers, shape, operands);
                break;
            case VectorWidth.Vector128:
                FloatProduct<Lanes128, Vector128<float>>.Multiply(workers, shape, operands);
                break;
            default:
                FloatProduct<Lanes1, float>.Multiply(workers, shape, operands);
                break;
        }
    }

    public static long PackedSize(VectorWidth width, int k, int n) => width switch
    {
        VectorWidth.Vector512 => FloatProduct<Lanes512, Vector512<float>>.PackedSize(k, n),
        VectorWidth.Vector256 => FloatProduct<Lanes256, Vector256<float>>.PackedSize(k, n),
        VectorWidth.Vector128 => FloatProduct<Lanes128, Vector128<float>>.PackedSize(k, n),
        _ => FloatProduct<Lanes1, float>.PackedSize(k, n),
    };

    public static void PackAll(VectorWidth width, bool transpose, int k, int n, float* b, int stride, float* target)
    {
        switch (width)
        {
            case VectorWidth.Vector512:
                FloatProduct<Lanes512, Vector512<float>>.PackAll(transpose, k, n, b, stride, target);
                break;
            case VectorWidth.Vector256:
                FloatProduct<Lanes256, Vector256<float>>.PackAll(transpose, k, n, b, stride, target);
                break;
            case VectorWidth.Vector128:
                FloatProduct<Lanes128, Vector128<float>>.PackAll(transpose, k, n, b, stride, target);
                break;
            default:
                FloatProduct<Lanes1, float>.PackAll(transpose, k, n, b, stride, target);
                break;
        }
    }
}
