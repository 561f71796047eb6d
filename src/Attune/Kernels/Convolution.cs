using System.Numerics;
using System.Runtime.InteropServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Convolution of [N×C×H×W] by weights [out × in/groups × kernel height × kernel width], cross-correlation as in all
/// networks, and its three gradients. An output of the forward pass depends on its own sample only: batches of 32 and
/// of 1 give the same bits.
/// </summary>
internal static class Convolution
{
    /// <summary>
    /// y = x ∗ weights + bias. An empty bias is none; <paramref name="rectify"/> stores max(0, y).
    /// </summary>
    public static void Forward<T>(
        Workers workers, in ConvolutionGeometry g, int batch,
        ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> y, bool rectify = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(g, batch, x.Length, weights.Length, y.Length);
        if (!bias.IsEmpty)
            Require.Length(bias.Length, g.OutputChannels);
        if (typeof(T) == typeof(float))
            FloatConvolution.Forward(
                VectorWidths.Best, workers, g, batch, Floats(x), Floats(weights), Floats(bias), Floats(y),
                rectify);
        else
            ConvolutionReference.Forward(g, batch, x, weights, bias, y, rectify);
    }

    /// <summary>
    /// The same by weights packed beforehand, with the same bits; <paramref name="rectify"/> stores max(0, y).
    /// </summary>
    public static void Forward(
        Workers workers, int batch, ReadOnlySpan<float> x, PackedFilters filters, ReadOnlySpan<float> bias,
        Span<float> y,
        bool rectify = false)
    {
        RequireSizes(filters.Geometry, batch, x.Length, int.MaxValue, y.Length);
        if (!bias.IsEmpty)
            Require.Length(bias.Length, filters.Geometry.OutputChannels);
        FloatConvolution.Forward(workers, batch, x, filters, bias, y, rectify);
    }

    /// <summary>Adds to dx what dy says about x, or writes over it if it <paramref name="isFirst"/>.</summary>
    public static void AddInputGradient<T>(
        Workers workers, in ConvolutionGeometry g, int batch, ReadOnlySpan<T> dy, ReadOnlySpan<T> weights, Span<T> dx,
        bool isFirst = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(g, batch, dx.Length, weights.Length, dy.Length);
        if (typeof(T) == typeof(float))
            FloatConvolution.AddInputGradient(
                VectorWidths.Best, workers, g, batch, Floats(dy), Floats(weights), Floats(dx), isFirst);
        else
        {
            if (isFirst)
                dx.Clear();
            ConvolutionReference.AddInputGradient(g, batch, dy, weights, dx);
        }
    }

    /// <summary>Adds to dw the sum over all samples, in their order.</summary>
    public static void AddWeightGradient<T>(
        Workers workers, in ConvolutionGeometry g, int batch, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(g, batch, x.Length, dw.Length, dy.Length);
        if (typeof(T) == typeof(float))
            FloatConvolution.AddWeightGradient(
                VectorWidths.Best, workers, g, batch, Floats(x), Floats(dy), Floats(dw));
        else
            ConvolutionReference.AddWeightGradient(g, batch, x, dy, dw);
    }

    /// <summary>Adds to db the sums of dy's channels, sample after sample.</summary>
    public static void AddBiasGradient<T>(
        Workers workers, in ConvolutionGeometry g, int batch, ReadOnlySpan<T> dy, Span<T> db)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        g.Require();
        Require.Length(dy.Length, (long)batch * g.OutputCount);
        Require.Length(db.Length, g.OutputChannels);
        Channels.AddSum(workers, batch, g.OutputChannels, g.OutputPlane, dy, db);
    }

    private static void RequireSizes(in ConvolutionGeometry g, int batch, int x, int weights, int y)
    {
        g.Require();
        Require.Size(batch);
        Require.Length(x, (long)batch * g.InputCount);
        Require.Length(weights, (long)g.WeightCount);
        Require.Length(y, (long)batch * g.OutputCount);
    }

    private static ReadOnlySpan<float> Floats<T>(ReadOnlySpan<T> span)
        where T : struct =>
        MemoryMarshal.Cast<T, float>(span);

    private static Span<float> Floats<T>(Span<T> span) where T : struct => MemoryMarshal.Cast<T, float>(span);
}
