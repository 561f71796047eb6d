using Attune.Kernels;

namespace Attune.Tests.Kernels;

/// <summary>Which convolutions go by which of Winograd's tiles; what they compute is tested with all others.</summary>
public class WinogradTests
{
    [Theory]
    [InlineData(64, 56, 4)]
    [InlineData(8, 56, 0)] // too few channels
    [InlineData(8_000, 56, 2)] // 36·8000² floats of transformed filters are more than an array holds
    [InlineData(12_000, 56, 0)] // and so are 16·12000²
    public void The_tile_follows_from_the_geometry(int channels, int side, int tile) =>
        Assert.Equal(tile, Winograd.TileOf(Padded(channels, side)));

    [Fact]
    public void Filters_that_stay_as_they_are_take_as_much_memory_as_before()
    {
        ConvolutionGeometry g = Padded(12_000, 8);

        Assert.Equal(g.WeightCount, WindowKernels.PackedSize(g));
    }

    private static ConvolutionGeometry Padded(int channels, int side) => new(
        channels, side, side, channels, side, side, KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1,
        DilationHeight: 1, DilationWidth: 1, PadTop: 1, PadLeft: 1, Groups: 1);
}
