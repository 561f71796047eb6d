using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// The weights of a convolution, rearranged once for the kernel that will use them: for weights that do not change.
/// Immutable, so that any number of threads may use it. Good for one geometry; the batch may vary.
/// </summary>
internal sealed unsafe class PackedFilters
{
    private readonly float[] biases;

    /// <summary>
    /// Packs weights [out × in/groups × kernel height × kernel width]; the values are copied, and so are the biases,
    /// if there are any.
    /// </summary>
    public PackedFilters(
        in ConvolutionGeometry geometry, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases = default)
    {
        this.biases = biases.ToArray();
        geometry.Require();
        Require.Length(weights.Length, geometry.WeightCount);
        Geometry = geometry;
        Values = GC.AllocateUninitializedArray<float>(checked((int)WindowKernels.PackedSize(geometry)));
        // The target was sized for exactly this call; the source was checked above.
        fixed (float* source = weights, target = Values)
            WindowKernels.Pack(VectorWidths.Best, Workers.Single, geometry, source, target);
    }

    public ConvolutionGeometry Geometry { get; }

    /// <summary>One per output channel, or none.</summary>
    public ReadOnlySpan<float> Biases => biases;

    internal float[] Values { get; }
}
