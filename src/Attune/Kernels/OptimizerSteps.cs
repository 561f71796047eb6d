using System.Numerics;
using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// One step of an optimizer on one parameter: w are its values, g its gradient, the rest the optimizer's memory, all of
/// one length. Elements do not meet, and each operation is rounded by itself, so neither vector width nor threads show.
/// </summary>
internal static unsafe class OptimizerSteps
{
    /// <summary>w -= rate·g.</summary>
    public static void Descend<T>(Workers workers, T rate, ReadOnlySpan<T> g, Span<T> w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Length(g.Length, w.Length);
        // Pinned for the duration; the lengths were checked, here and below.
        fixed (T* pg = g, pw = w)
        {
            var job = new DescendJob<T> { Count = w.Length, Rate = rate, G = pg, W = pw };
            Chunks.Run(workers, ref job, w.Length);
        }
    }

    /// <summary>v = momentum·v + rate·g; w -= v.</summary>
    public static void DescendWithMomentum<T>(
        Workers workers, T rate, T momentum, ReadOnlySpan<T> g, Span<T> v, Span<T> w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Length(g.Length, w.Length);
        Require.Length(v.Length, w.Length);
        fixed (T* pg = g, pv = v, pw = w)
        {
            var job = new MomentumJob<T> { Count = w.Length, Rate = rate, Momentum = momentum, G = pg, V = pv, W = pw };
            Chunks.Run(workers, ref job, w.Length);
        }
    }

    /// <summary>
    /// m = beta1·m + (1 - beta1)·g; v = beta2·v + (1 - beta2)·g²; w -= rate·m / (√v + epsilon), where the caller gives
    /// rate = learning rate · √(1 - beta2^t) / (1 - beta1^t). Epsilon joins the uncorrected root. The textbook's form
    /// is had with epsilon · √(1 - beta2^t).
    /// </summary>
    public static void Adam<T>(
        Workers workers, in AdamRates<T> rates, ReadOnlySpan<T> g, Span<T> m, Span<T> v, Span<T> w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Length(g.Length, w.Length);
        Require.Length(m.Length, w.Length);
        Require.Length(v.Length, w.Length);
        fixed (T* pg = g, pm = m, pv = v, pw = w)
        {
            var job = new AdamJob<T> { Count = w.Length, Rates = rates, G = pg, M = pm, V = pv, W = pw };
            Chunks.Run(workers, ref job, w.Length);
        }
    }

    private struct DescendJob<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Count;
        public T Rate;
        public T* G;
        public T* W;

        public readonly void Run(int chunk)
        {
            (int i, int end) = Chunks.Range(chunk, Count);
            for (; i <= end - Vector<T>.Count; i += Vector<T>.Count)
                Write(W + i, Read(W + i) - Read(G + i) * Rate);
            for (; i < end; i++)
                W[i] -= G[i] * Rate;
        }
    }

    private struct MomentumJob<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Count;
        public T Rate;
        public T Momentum;
        public T* G;
        public T* V;
        public T* W;

        public readonly void Run(int chunk)
        {
            (int i, int end) = Chunks.Range(chunk, Count);
            for (; i <= end - Vector<T>.Count; i += Vector<T>.Count)
            {
                Vector<T> v = Read(V + i) * Momentum + Read(G + i) * Rate;
                Write(V + i, v);
                Write(W + i, Read(W + i) - v);
            }
            for (; i < end; i++)
            {
                V[i] = V[i] * Momentum + G[i] * Rate;
                W[i] -= V[i];
            }
        }
    }

    private struct AdamJob<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Count;
        public AdamRates<T> Rates;
        public T* G;
        public T* M;
        public T* V;
        public T* W;

        public readonly void Run(int chunk)
        {
            (int i, int end) = Chunks.Range(chunk, Count);
            T left1 = T.One - Rates.Beta1;
            T left2 = T.One - Rates.Beta2;
            var epsilon = new Vector<T>(Rates.Epsilon);
            for (; i <= end - Vector<T>.Count; i += Vector<T>.Count)
            {
                Vector<T> g = Read(G + i);
                Vector<T> m = Read(M + i) * Rates.Beta1 + g * left1;
                Vector<T> v = Read(V + i) * Rates.Beta2 + g * g * left2;
                Write(M + i, m);
                Write(V + i, v);
                Write(W + i, Read(W + i) - m * Rates.Rate / (Vector.SquareRoot(v) + epsilon));
            }
            for (; i < end; i++)
            {
                M[i] = M[i] * Rates.Beta1 + G[i] * left1;
                V[i] = V[i] * Rates.Beta2 + G[i] * G[i] * left2;
                W[i] -= M[i] * Rates.Rate / (T.Sqrt(V[i]) + Rates.Epsilon);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Read<T>(T* address) where T : unmanaged => Unsafe.ReadUnaligned<Vector<T>>(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(T* address, Vector<T> value)
        where T : unmanaged =>
        Unsafe.WriteUnaligned(address, value);
}

/// <summary>
/// The numbers of one Adam step; see <see cref="OptimizerSteps"/> for what <see cref="Rate"/> contains.
/// </summary>
internal readonly record struct AdamRates<T>(T Rate, T Beta1, T Beta2, T Epsilon);
