using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attune.Kernels;

/// <summary>Eight values at one distance.</summary>
internal static unsafe class StridedLoad
{
    /// <summary>at[0], at[stride], … at[7·stride]; nothing after the last is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Eight(float* at, int stride)
    {
        if (stride == 1)
            return Vector256.Load(at);
        if (stride == 2 && Avx2.IsSupported)
        {
            // the even values of 0 to 7 and the odd ones of 7 to 14: 0 2 8 10 | 4 6 12 14, then the pairs in order
            Vector256<float> evens = Avx.Shuffle(Vector256.Load(at), Vector256.Load(at + 7), 0xD8);
            return Avx2.Permute4x64(evens.AsDouble(), 0xD8).AsSingle();
        }
        return Vector256.Create(
            at[0], at[stride], at[2 * stride], at[3 * stride], at[4 * stride], at[5 * stride], at[6 * stride],
            at[7 * stride]);
    }
}
