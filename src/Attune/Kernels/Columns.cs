namespace Attune.Kernels;

/// <summary>
/// The inputs under the windows of a convolution as a matrix [filter × positions]: row (c, ky, kx), one column per
/// output position. Works on the positions from first to first + count of one group of one sample.
/// </summary>
internal static unsafe class Columns
{
    /// <summary>Adds every element of the matrix to the input that it stands for.</summary>
    public static void Scatter(in ConvolutionGeometry g, float* columns, int first, int count, float* x)
    {
        for (int row = 0; row < g.FilterSize; row++, columns += count)
            for (int position = first; position < first + count;)
            {
                Segment segment = Segment.At(g, row, position, first + count);
                float* source = columns + (position - first) + segment.Skip;
                for (int i = 0; i < segment.Inside; i++)
                    x[segment.Source + i * g.StrideWidth] += source[i];
                position += segment.Count;
            }
    }

    /// <summary>
    /// Neighbouring positions of one output row: how many, and which part of them lies inside the input.
    /// </summary>
    private readonly record struct Segment(int Count, int Skip, int Inside, nint Source)
    {
        public static Segment At(in ConvolutionGeometry g, int row, int position, int end)
        {
            int oy = position / g.OutputWidth;
            int ox = position % g.OutputWidth;
            int count = Math.Min(g.OutputWidth - ox, end - position);
            int c = row / g.KernelSize;
            int iy = oy * g.StrideHeight - g.PadTop + row % g.KernelSize / g.KernelWidth * g.DilationHeight;
            int ix = -g.PadLeft + row % g.KernelWidth * g.DilationWidth;
            if ((uint)iy >= (uint)g.InputHeight)
                return new Segment(count, 0, 0, 0);
            (int from, int to) = ConvolutionGeometry.Inside(g.OutputWidth, g.StrideWidth, ix, g.InputWidth);
            from = Math.Clamp(from, ox, ox + count);
            to = Math.Clamp(to, from, ox + count);
            nint source = ((nint)c * g.InputHeight + iy) * g.InputWidth + ix + (nint)from * g.StrideWidth;
            return new Segment(count, from - ox, to - from, to > from ? source : 0);
        }
    }
}
