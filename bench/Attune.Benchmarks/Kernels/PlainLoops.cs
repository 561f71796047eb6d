using Attune.Kernels;

namespace Attune.Benchmarks.Kernels;

/// <summary>What the kernels compute, as one would write it first: what their speed is measured against.</summary>
internal static class PlainLoops
{
    /// <summary>Windows lie inside the input.</summary>
    public static void Pool(PoolingKind kind, in PoolingGeometry g, int batch, float[] x, float[] y)
    {
        for (int plane = 0, o = 0; plane < batch * g.Channels; plane++)
            for (int oy = 0; oy < g.OutputHeight; oy++)
                for (int ox = 0; ox < g.OutputWidth; ox++, o++)
                {
                    float largest = float.NegativeInfinity, sum = 0;
                    for (int ky = 0; ky < g.KernelHeight; ky++)
                        for (int kx = 0; kx < g.KernelWidth; kx++)
                        {
                            float value = x[Input(g, plane, oy, ox, ky, kx)];
                            largest = MathF.Max(largest, value);
                            sum += value;
                        }
                    y[o] = kind == PoolingKind.Max ? largest : sum / (g.KernelHeight * g.KernelWidth);
                }
    }

    public static void AddPoolGradient(
        PoolingKind kind, in PoolingGeometry g, int batch, float[] x, float[] dy, float[] dx)
    {
        float share = 1f / (g.KernelHeight * g.KernelWidth);
        for (int plane = 0, o = 0; plane < batch * g.Channels; plane++)
            for (int oy = 0; oy < g.OutputHeight; oy++)
                for (int ox = 0; ox < g.OutputWidth; ox++, o++)
                {
                    int largest = Input(g, plane, oy, ox, 0, 0);
                    for (int ky = 0; ky < g.KernelHeight; ky++)
                        for (int kx = 0; kx < g.KernelWidth; kx++)
                        {
                            int i = Input(g, plane, oy, ox, ky, kx);
                            if (kind != PoolingKind.Max)
                                dx[i] += dy[o] * share;
                            else if (x[i] > x[largest])
                                largest = i;
                        }
                    if (kind == PoolingKind.Max)
                        dx[largest] += dy[o];
                }
    }

    public static void Softmax(int outer, int length, int inner, float[] x, float[] y)
    {
        for (int line = 0; line < outer * inner; line++)
        {
            int start = line / inner * length * inner + line % inner, end = start + length * inner;
            float largest = float.NegativeInfinity, sum = 0;
            for (int i = start; i < end; i += inner)
                largest = MathF.Max(largest, x[i]);
            for (int i = start; i < end; i += inner)
                sum += y[i] = MathF.Exp(x[i] - largest);
            for (int i = start; i < end; i += inner)
                y[i] /= sum;
        }
    }

    public static void AddSoftmaxGradient(int outer, int length, int inner, float[] y, float[] dy, float[] dx)
    {
        for (int line = 0; line < outer * inner; line++)
        {
            int start = line / inner * length * inner + line % inner, end = start + length * inner;
            float dot = 0;
            for (int i = start; i < end; i += inner)
                dot += dy[i] * y[i];
            for (int i = start; i < end; i += inner)
                dx[i] += y[i] * (dy[i] - dot);
        }
    }

    public static void DescendWithMomentum(float rate, float momentum, float[] g, float[] v, float[] w)
    {
        for (int i = 0; i < w.Length; i++)
        {
            v[i] = v[i] * momentum + g[i] * rate;
            w[i] -= v[i];
        }
    }

    public static void Adam(in AdamRates<float> rates, float[] g, float[] m, float[] v, float[] w)
    {
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = m[i] * rates.Beta1 + g[i] * (1 - rates.Beta1);
            v[i] = v[i] * rates.Beta2 + g[i] * g[i] * (1 - rates.Beta2);
            w[i] -= m[i] * rates.Rate / (MathF.Sqrt(v[i]) + rates.Epsilon);
        }
    }

    private static int Input(in PoolingGeometry g, int plane, int oy, int ox, int ky, int kx) =>
        (plane * g.InputHeight + oy * g.StrideHeight + ky) * g.InputWidth + ox * g.StrideWidth + kx;
}
