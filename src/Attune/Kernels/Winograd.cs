namespace Attune.Kernels;

/// <summary>
/// Winograd's convolution F(2×2, 3×3): four outputs of a 3×3 window with stride 1 from a tile of 4×4 inputs, by 16
/// multiplications instead of 36. With d the tile, g the filter, m the product and y the outputs:
///
///   v = Bᵀ d B,  u = G g Gᵀ,  m = u ∘ v (summed over input channels),  y = Aᵀ m A
///
///   Bᵀ = 1  0 -1  0    G = 1   0  0     Aᵀ = 1 1  1  0
///        0  1  1  0        ½   ½  ½          0 1 -1 -1
///        0 -1  1  0        ½  -½  ½
///        0  1  0 -1        0   0  1
///
/// The sums over channels are 16 independent matrix products. The factors are small whole numbers and halves, so the
/// result is about as exact as the direct sum. A NaN or infinity reaches all four outputs of its tile.
/// Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks".
/// </summary>
internal static unsafe class Winograd
{
    /// <summary>Products per tile.</summary>
    public const int Points = 16;

    // With fewer channels, turning the numbers around takes longer than multiplying them.
    private const int FewestChannels = 12;
    private const int FewestOutputs = 4;

    /// <summary>By geometry alone.</summary>
    public static bool Serves(in ConvolutionGeometry g) =>
        g.KernelHeight == 3 && g.KernelWidth == 3 && g.StrideHeight == 1 && g.StrideWidth == 1
        && g.DilationHeight == 1 && g.DilationWidth == 1 && g.Groups == 1
        && g.InputChannels >= FewestChannels && g.OutputChannels >= FewestChannels
        && g.OutputHeight >= FewestOutputs && g.OutputWidth >= FewestOutputs;

    /// <summary>The tiles as windows: 4×4 with stride 2, one per 2×2 outputs; the last may hang over.</summary>
    public static ConvolutionGeometry Tiles(in ConvolutionGeometry g) => g with
    {
        KernelHeight = 4, KernelWidth = 4, StrideHeight = 2, StrideWidth = 2,
        OutputHeight = (g.OutputHeight + 1) / 2, OutputWidth = (g.OutputWidth + 1) / 2,
    };

    /// <summary>u = G g Gᵀ of one filter; point i goes to u[i·stride].</summary>
    public static void TransformFilter(float* g, float* u, nint stride)
    {
        float* rows = stackalloc float[12];
        for (int i = 0; i < 3; i++)
        {
            float sum = g[i] + g[6 + i];
            rows[i] = g[i];
            rows[3 + i] = 0.5f * (sum + g[3 + i]);
            rows[6 + i] = 0.5f * (sum - g[3 + i]);
            rows[9 + i] = g[6 + i];
        }
        for (int i = 0; i < 4; i++, u += 4 * stride)
        {
            float* row = rows + 3 * i;
            float sum = row[0] + row[2];
            u[0] = row[0];
            u[stride] = 0.5f * (sum + row[1]);
            u[2 * stride] = 0.5f * (sum - row[1]);
            u[3 * stride] = row[2];
        }
    }

    /// <summary>dg += Gᵀ du G of one filter: the way back; point i is du[i·stride].</summary>
    public static void AddFilterGradient(float* du, nint stride, float* dg)
    {
        float* rows = stackalloc float[12];
        for (int j = 0; j < 4; j++)
        {
            float first = du[j * stride], second = du[(4 + j) * stride], third = du[(8 + j) * stride];
            rows[j] = first + 0.5f * (second + third);
            rows[4 + j] = 0.5f * (second - third);
            rows[8 + j] = 0.5f * (second + third) + du[(12 + j) * stride];
        }
        for (int i = 0; i < 3; i++, dg += 3)
        {
            float* row = rows + 4 * i;
            dg[0] += row[0] + 0.5f * (row[1] + row[2]);
            dg[1] += 0.5f * (row[1] - row[2]);
            dg[2] += 0.5f * (row[1] + row[2]) + row[3];
        }
    }
}
