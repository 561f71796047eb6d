using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attune.Kernels;

/// <summary>
/// Sums of neighbouring values, defined so that vectors and plain loops agree to the bit: lane j of 32 adds the
/// elements j, j+32, j+64, …; then the upper half of the lanes is added to the lower one, until one is left. Products
/// are rounded before they are added.
/// </summary>
internal static unsafe class LaneSums
{
    private const int Lanes = 32;

    /// <summary>Σ x over <paramref name="count"/> values, which the caller promises to be there.</summary>
    public static T Sum<T>(T* x, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* lanes = stackalloc T[Lanes];
        int done = 0;
        if (typeof(T) == typeof(float))
            done = SumVectors((float*)x, null, count, (float*)lanes);
        else
            new Span<T>(lanes, Lanes).Clear();
        for (int i = done; i < count; i++)
            lanes[i % Lanes] += x[i];
        return Combine(lanes);
    }

    /// <summary>Σ x·y, likewise.</summary>
    public static T Dot<T>(T* x, T* y, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* lanes = stackalloc T[Lanes];
        int done = 0;
        if (typeof(T) == typeof(float))
            done = SumVectors((float*)x, (float*)y, count, (float*)lanes);
        else
            new Span<T>(lanes, Lanes).Clear();
        for (int i = done; i < count; i++)
            lanes[i % Lanes] += x[i] * y[i];
        return Combine(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SumVectors(float* x, float* y, int count, float* lanes)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            s0 += Term(x, y, i);
            s1 += Term(x, y, i + 8);
            s2 += Term(x, y, i + 16);
            s3 += Term(x, y, i + 24);
        }
        s0.Store(lanes);
        s1.Store(lanes + 8);
        s2.Store(lanes + 16);
        s3.Store(lanes + 24);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Term(float* x, float* y, int i) =>
        y == null ? Vector256.Load(x + i) : Vector256.Load(x + i) * Vector256.Load(y + i);

    private static T Combine<T>(T* lanes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
            for (int lane = 0; lane < half; lane++)
                lanes[lane] += lanes[lane + half];
        return lanes[0];
    }
}
