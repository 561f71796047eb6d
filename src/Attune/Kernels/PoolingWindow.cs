using System.Numerics;

namespace Attune.Kernels;

/// <summary>The real inputs under one pooling window, ends exclusive, and its extent with padding.</summary>
internal readonly record struct PoolingWindow(int Top, int Bottom, int Left, int Right, int Extent)
{
    public int Divisor(bool excludePadding) =>
        Math.Max(excludePadding ? Math.Max(Bottom - Top, 0) * Math.Max(Right - Left, 0) : Extent, 1);

    /// <summary>Where the first largest value is, the first NaN if there is one; -1 if there is nothing.</summary>
    public unsafe int FirstLargest<T>(T* x, int rowLength) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int best = -1;
        for (int iy = Top; iy < Bottom; iy++)
            for (int ix = Left; ix < Right; ix++)
            {
                int i = iy * rowLength + ix;
                if (best < 0 || !(x[i] <= x[best]) && !T.IsNaN(x[best]))
                    best = i;
            }
        return best;
    }
}
