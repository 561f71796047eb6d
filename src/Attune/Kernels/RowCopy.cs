using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attune.Kernels;

/// <summary>Copies of short rows, without a call for each: a last vector overlaps the one before.</summary>
internal static unsafe class RowCopy
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* source, int count, float* target)
    {
        if (count >= 8)
        {
            for (int done = 0; done < count; done += 8)
            {
                int i = Math.Min(done, count - 8);
                Vector256.Load(source + i).Store(target + i);
            }
        }
        else if (count >= 4)
        {
            Vector128<float> last = Vector128.Load(source + count - 4);
            Vector128.Load(source).Store(target);
            last.Store(target + count - 4);
        }
        else
            for (int i = 0; i < count; i++)
                target[i] = source[i];
    }

    /// <summary>Values 0, 2, 4, … to one place, 1, 3, 5, … to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Part(float* source, int count, float* evens, float* odds)
    {
        int i = 0;
        for (; Avx2.IsSupported && i <= count - 16; i += 16)
        {
            (Vector256<float> even, Vector256<float> odd) = Part(
                Vector256.Load(source + i), Vector256.Load(source + i + 8));
            even.Store(evens + i / 2);
            odd.Store(odds + i / 2);
        }
        for (; i < count - 1; i += 2)
        {
            evens[i / 2] = source[i];
            odds[i / 2] = source[i + 1];
        }
        if (i < count)
            evens[i / 2] = source[i];
    }

    /// <summary>0 2 8 10 | 4 6 12 14 within halves, then the pairs in order; likewise the odd ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Evens, Vector256<float> Odds) Part(Vector256<float> a, Vector256<float> b) =>
        (Avx2.Permute4x64(Avx.Shuffle(a, b, 0x88).AsDouble(), 0xD8).AsSingle(),
            Avx2.Permute4x64(Avx.Shuffle(a, b, 0xDD).AsDouble(), 0xD8).AsSingle());
}
