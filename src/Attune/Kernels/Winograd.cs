namespace Attune.Kernels;

/// <summary>
/// Winograd's convolution F(t×t, 3×3): a tile of t×t outputs of a 3×3 window with stride 1 from the (t+2)×(t+2) inputs
/// that it sees, by one multiplication per input instead of nine per output. With d the inputs, g the filter, m the
/// product and y the outputs:
///
///   v = Bᵀ d B,  u = G g Gᵀ,  m = u ∘ v (summed over input channels),  y = Aᵀ m A
///
/// The sums over channels are (t+2)² independent matrix products, one for each point of the transformed tile.
/// A NaN or infinity reaches all outputs of its tile.
/// Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks".
/// </summary>
internal static unsafe class Winograd
{
    /// <summary>
    /// Floats that lie between the points of transformed tiles: without this cache line they might all fall into one
    /// set of the nearest cache.
    /// </summary>
    public const int Gap = 16;

    // With fewer channels, turning the numbers around takes longer than multiplying them.
    private const int FewestChannels = 12;
    private const int FewestOutputs = 4;

    // Of the widest vectors, so that the choice does not depend on the processor.
    private const int Lanes = 16;

    /// <summary>
    /// Which tiles serve a convolution: those of 2×2 or of 4×4 outputs, or 0 if none do. By geometry alone: the larger
    /// ones multiply less, unless the output is so small that most of the vectors of tiles stay empty. Filters too many
    /// for one array once they are transformed stay as they are.
    /// </summary>
    public static int TileOf(in ConvolutionGeometry g)
    {
        bool serves = g.KernelHeight == 3 && g.KernelWidth == 3 && g.StrideHeight == 1 && g.StrideWidth == 1
            && g.DilationHeight == 1 && g.DilationWidth == 1 && g.Groups == 1
            && g.InputChannels >= FewestChannels && g.OutputChannels >= FewestChannels
            && g.OutputHeight >= FewestOutputs && g.OutputWidth >= FewestOutputs;
        if (!serves || FilterSize<Winograd2>(g) > Array.MaxLength)
            return 0;
        return FilterSize<Winograd4>(g) <= Array.MaxLength && Cost<Winograd4>(g) < Cost<Winograd2>(g) ? 4 : 2;
    }

    /// <summary>Floats of the transformed filters.</summary>
    public static long FilterSize<TTile>(in ConvolutionGeometry g) where TTile : struct, IWinograd =>
        (long)TTile.Points * g.OutputChannels * g.InputChannels;

    /// <summary>
    /// The tiles of a sample as windows of their inputs, one per tile, at a distance of <c>TTile.Outputs</c>; the last
    /// may hang over. Numbered without gaps if that fills fewer vectors.
    /// </summary>
    public static WindowPlanes Tiles<TTile>(in ConvolutionGeometry g) where TTile : struct, IWinograd
    {
        int side = TTile.Outputs + 2;
        ConvolutionGeometry tiles = g with
        {
            KernelHeight = side, KernelWidth = side, StrideHeight = TTile.Outputs, StrideWidth = TTile.Outputs,
            OutputHeight = (g.OutputHeight + TTile.Outputs - 1) / TTile.Outputs,
            OutputWidth = (g.OutputWidth + TTile.Outputs - 1) / TTile.Outputs,
        };
        var pitched = new WindowPlanes(tiles);
        return Vectors(tiles.OutputPlane) < Vectors(pitched.Positions)
            ? new WindowPlanes(tiles, withoutGaps: true)
            : pitched;
    }

    private static int Cost<TTile>(in ConvolutionGeometry g) where TTile : struct, IWinograd =>
        TTile.Points * Vectors(Tiles<TTile>(g).Positions);

    private static int Vectors(int positions) => (positions + Lanes - 1) / Lanes;
}

/// <summary>
/// The transforms of <see cref="Winograd"/> for one size of tile, on vectors: they take neighbouring tiles,
/// channels or filters side by side. The caller promises that all that they read and write lies inside its buffers.
/// </summary>
internal unsafe interface IWinograd
{
    /// <summary>Outputs of a tile, in each direction.</summary>
    static abstract int Outputs { get; }

    /// <summary>Inputs of a tile, and products per tile.</summary>
    static abstract int Points { get; }

    /// <summary>
    /// u = G g Gᵀ of filters side by side; weight i is read at i·stride, point i goes to i·outStride.
    /// </summary>
    static abstract void Filter<TLanes, TVector>(float* g, nint stride, float* u, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged;

    /// <summary>
    /// dg = Gᵀ du G of filters side by side: the way back; point i is read at i·stride, weight i goes to i·outStride.
    /// </summary>
    static abstract void FilterGradient<TLanes, TVector>(float* du, nint stride, float* dg, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged;

    /// <summary>
    /// v = Bᵀ d B. Input i of the tile, counted row by row, is read at offsets[i], point i is written at i·stride.
    /// </summary>
    static abstract void Input<TLanes, TVector>(float* planes, int* offsets, float* v, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged;

    /// <summary>
    /// y = Aᵀ m A + bias, rectified if wished. Point i is read at i·stride, output i is written at i·outStride.
    /// </summary>
    static abstract void Output<TLanes, TVector>(
        float* m, nint stride, float bias, bool rectify, float* y, nint outStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged;

    /// <summary>
    /// m = A dy Aᵀ: the way back through <see cref="Output"/>. Outputs beyond <paramref name="rows"/> and
    /// <paramref name="columns"/> are missing and count as 0. Point i is written at i·stride.
    /// </summary>
    static abstract void OutputGradient<TLanes, TVector>(
        float* dy, nint rowStep, nint columnStep, int rows, int columns, float* m, nint stride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged;
}
