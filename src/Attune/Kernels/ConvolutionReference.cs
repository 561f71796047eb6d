using System.Numerics;

namespace Attune.Kernels;

/// <summary>
/// The judge of the fast convolutions: plain loops over what the definition says. Runs all double-precision work.
/// Window positions outside the input are left out of the sums.
/// </summary>
internal static class ConvolutionReference
{
    public static void Forward<T>(
        in ConvolutionGeometry g, int batch, ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias,
        Span<T> y, bool rectify = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int n = 0; n < batch; n++)
            for (int o = 0; o < g.OutputChannels; o++)
                for (int oy = 0; oy < g.OutputHeight; oy++)
                    for (int ox = 0; ox < g.OutputWidth; ox++)
                    {
                        T sum = T.Zero;
                        for (int w = 0; w < g.FilterSize; w++)
                            if (TryInput(g, n, o, w, oy, ox, out int i))
                                sum += weights[o * g.FilterSize + w] * x[i];
                        sum = bias.IsEmpty ? sum : sum + bias[o];
                        y[Output(g, n, o, oy, ox)] = rectify && sum < T.Zero ? T.Zero : sum;
                    }
    }

    public static void AddInputGradient<T>(
        in ConvolutionGeometry g, int batch, ReadOnlySpan<T> dy, ReadOnlySpan<T> weights, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int n = 0; n < batch; n++)
            for (int o = 0; o < g.OutputChannels; o++)
                for (int oy = 0; oy < g.OutputHeight; oy++)
                    for (int ox = 0; ox < g.OutputWidth; ox++)
                        for (int w = 0; w < g.FilterSize; w++)
                            if (TryInput(g, n, o, w, oy, ox, out int i))
                                dx[i] += weights[o * g.FilterSize + w] * dy[Output(g, n, o, oy, ox)];
    }

    public static void AddWeightGradient<T>(
        in ConvolutionGeometry g, int batch, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int o = 0; o < g.OutputChannels; o++)
            for (int w = 0; w < g.FilterSize; w++)
            {
                T sum = T.Zero;
                for (int n = 0; n < batch; n++)
                    for (int oy = 0; oy < g.OutputHeight; oy++)
                        for (int ox = 0; ox < g.OutputWidth; ox++)
                            if (TryInput(g, n, o, w, oy, ox, out int i))
                                sum += dy[Output(g, n, o, oy, ox)] * x[i];
                dw[o * g.FilterSize + w] += sum;
            }
    }

    public static void AddBiasGradient<T>(in ConvolutionGeometry g, int batch, ReadOnlySpan<T> dy, Span<T> db)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int n = 0; n < batch; n++)
            for (int o = 0; o < g.OutputChannels; o++)
            {
                T sum = T.Zero;
                foreach (T value in dy.Slice((n * g.OutputChannels + o) * g.OutputPlane, g.OutputPlane))
                    sum += value;
                db[o] += sum;
            }
    }

    private static int Output(in ConvolutionGeometry g, int n, int o, int oy, int ox) =>
        ((n * g.OutputChannels + o) * g.OutputHeight + oy) * g.OutputWidth + ox;

    /// <summary>
    /// The input that weight <paramref name="w"/> of channel <paramref name="o"/> meets at one output position.
    /// </summary>
    private static bool TryInput(in ConvolutionGeometry g, int n, int o, int w, int oy, int ox, out int index)
    {
        int c = o / g.GroupOutputs * g.GroupInputs + w / g.KernelSize;
        int iy = oy * g.StrideHeight - g.PadTop + w % g.KernelSize / g.KernelWidth * g.DilationHeight;
        int ix = ox * g.StrideWidth - g.PadLeft + w % g.KernelWidth * g.DilationWidth;
        index = ((n * g.InputChannels + c) * g.InputHeight + iy) * g.InputWidth + ix;
        return (uint)iy < (uint)g.InputHeight && (uint)ix < (uint)g.InputWidth;
    }
}
