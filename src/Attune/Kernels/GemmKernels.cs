using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>The matrix product's steps as calls that take their vector width at run time.</summary>
internal static unsafe class GemmKernels
{
    public static void Multiply(VectorWidth width, Workers workers, in ProductShape shape, in ProductOperands operands)
    {
        var action = new MultiplyAction { Workers = workers, Shape = shape, Operands = operands };
        VectorWidths.Run(width, ref action);
    }

    /// <summary>Floats that op(B) takes when packed.</summary>
    public static long PackedSize(VectorWidth width, int k, int n)
    {
        var action = new PackAction { K = k, N = n };
        VectorWidths.Run(width, ref action);
        return action.Size;
    }

    public static void PackAll(VectorWidth width, bool transpose, int k, int n, float* b, int stride, float* target)
    {
        var action = new PackAction { Transpose = transpose, K = k, N = n, B = b, Stride = stride, Target = target };
        VectorWidths.Run(width, ref action);
    }

    private struct MultiplyAction : IVectorAction
    {
        public Workers Workers;
        public ProductShape Shape;
        public ProductOperands Operands;

        public readonly void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector>
            where TVector : unmanaged =>
            Choose<TLanes, TVector>(Workers, Shape, Operands);
    }

    /// <summary>By shape alone, as far as the bits go.</summary>
    private static void Choose<TLanes, TVector>(Workers workers, in ProductShape shape, in ProductOperands operands)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        if (operands.Step.Kind != StepKind.None)
            SteppingProduct<TLanes, TVector>.Run(workers, shape, operands);
        else if (operands.PackedB == null
            && operands.End.RowBias == null
            && FewRowsProduct<TLanes, TVector>.Takes(shape))
            FewRowsProduct<TLanes, TVector>.Multiply(workers, shape, operands);
        else if (OneRowProduct<TLanes, TVector>.Takes(workers, shape, operands))
            OneRowProduct<TLanes, TVector>.Multiply(workers, shape, operands);
        else
            FloatProduct<TLanes, TVector>.Multiply(workers, shape, operands);
    }

    /// <summary>Without a target it only measures.</summary>
    private struct PackAction : IVectorAction
    {
        public bool Transpose;
        public int K;
        public int N;
        public float* B;
        public int Stride;
        public float* Target;
        public long Size;

        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector>
            where TVector : unmanaged
        {
            Size = FloatProduct<TLanes, TVector>.PackedSize(K, N);
            if (Target != null)
                FloatProduct<TLanes, TVector>.PackAll(Transpose, K, N, B, Stride, Target);
        }
    }
}
