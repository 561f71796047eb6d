using System.Numerics;
using System.Runtime.InteropServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>A dense layer's forward pass: y[rows×outputs] = x[rows×inputs]·Wᵀ + b, with W [outputs×inputs].</summary>
internal static unsafe class Dense
{
    /// <summary>By weights that may change from call to call. An empty bias is none.</summary>
    public static void Forward<T>(
        Workers workers, int rows, int inputs, int outputs,
        ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, bool rectify, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!bias.IsEmpty)
            Require.Length(bias.Length, outputs);
        if (typeof(T) == typeof(float))
        {
            // Pinned for the duration; the product checks all sizes.
            fixed (float* end = MemoryMarshal.Cast<T, float>(bias))
                Gemm.Multiply(
                    VectorWidths.Best, workers, false, true, rows, outputs, inputs,
                    MemoryMarshal.Cast<T, float>(x), inputs, MemoryMarshal.Cast<T, float>(weights), inputs,
                    MemoryMarshal.Cast<T, float>(y), outputs, accumulate: false,
                    new() { ColumnBias = end, Rectify = rectify });
            return;
        }
        Gemm.Reference(false, true, rows, outputs, inputs, x, inputs, weights, inputs, y, outputs, accumulate: false);
        for (int i = 0; i < y.Length; i++)
        {
            T sum = bias.IsEmpty ? y[i] : y[i] + bias[i % outputs];
            y[i] = rectify && sum < T.Zero ? T.Zero : sum;
        }
    }

    /// <summary>The same by weights packed beforehand, with the same bits.</summary>
    public static void Forward(
        Workers workers, int rows, ReadOnlySpan<float> x, PackedMatrix weights, ReadOnlySpan<float> bias, bool rectify,
        Span<float> y)
    {
        if (!bias.IsEmpty)
            Require.Length(bias.Length, weights.N);
        // Pinned for the duration; the product checks all sizes.
        fixed (float* end = bias)
            Gemm.Multiply(
                workers, false, rows, x, weights.K, weights, y, weights.N, accumulate: false,
                new Epilogue { ColumnBias = end, Rectify = rectify });
    }
}
