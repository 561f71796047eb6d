using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Tests.Layers;

public class ShapeLayersTests
{
    [Fact]
    public void Flatten_takes_channels_last_if_the_file_says_so()
    {
        Layer first = Specified.Read(new() { Flatten = new() });
        Layer last = Specified.Read(
            new() { Flatten = new() { Mode = FlattenLayerParams.Types.FlattenOrder.ChannelLast } });

        Assert.Equal([1.0, 2, 3, 4], Specified.Run(first, Shape.Of(1, 1, 2, 1, 2), 1, 2, 3, 4));
        Assert.Equal([1.0, 3, 2, 4], Specified.Run(last, Shape.Of(1, 1, 2, 1, 2), 1, 2, 3, 4));
        Assert.Equal(Shape.Of(1, 1, 4, 1, 1), Specified.InferOne(last, Shape.Of(1, 1, 2, 1, 2)));
    }

    [Fact]
    public void Reshape_with_channels_last_reorders_on_the_way_in_and_out()
    {
        Layer layer = Specified.Read(new()
        {
            Reshape = new() { TargetShape = { 2, 2, 1 }, Mode = ReshapeLayerParams.Types.ReshapeOrder.ChannelLast },
        });

        // Channels (1,2) and (3,4): in the order H, W, C they are 1,3,2,4; these fill rows (1,3), (2,4) of H'×C';
        // channels are their columns.
        Assert.Equal([1.0, 2, 3, 4], Specified.Run(layer, Shape.Of(1, 1, 2, 1, 2), 1, 2, 3, 4));
        // Channels (1,2,3) and (4,5,6) become 1,4,2,5,3,6; as 3 rows of 2 channels: columns (1,2,3), (4,5,6).
        Layer wide = Specified.Read(new()
        {
            Reshape = new() { TargetShape = { 3, 1, 2 }, Mode = ReshapeLayerParams.Types.ReshapeOrder.ChannelLast },
        });
        // As 2 columns of 3 channels: (1,4,2), (5,3,6); channels (1,5), (4,3), (2,6).
        Assert.Equal([1.0, 5, 4, 3, 2, 6], Specified.Run(wide, Shape.Of(1, 1, 2, 1, 3), 1, 2, 3, 4, 5, 6));
    }

    [Theory]
    [InlineData(new ulong[] { 0, 3, 1, 2 }, new[] { 2, 1, 5, 3, 4 })]
    [InlineData(new ulong[] { 3, 1, 2, 0 }, new[] { 5, 1, 3, 4, 2 })]
    [InlineData(new ulong[0], new[] { 2, 1, 3, 4, 5 })]
    public void Permute_names_the_axes_without_the_batch(ulong[] axes, int[] expected)
    {
        Layer layer = Specified.Read(new() { Permute = new() { Axis = { axes } } });

        Assert.Equal(Shape.Of(expected), Specified.InferOne(layer, Shape.Of(2, 1, 3, 4, 5)));
    }

    [Fact]
    public void Transpose_moves_the_elements()
    {
        Layer layer = Specified.Read(new() { Transpose = new() { Axes = { 1, 0 } } });

        Assert.Equal([1.0, 4, 2, 5, 3, 6], Specified.Run(layer, Shape.Of(2, 3), 1, 2, 3, 4, 5, 6));
    }

    [Fact]
    public void Concat_puts_channels_behind_each_other_in_every_sample()
    {
        Layer layer = Specified.Read(new() { Input = { "a", "b" }, Concat = new() });

        Assert.Equal(
            [1.0, 5, 6, 2, 7, 8],
            Specified.Run(layer, (Shape.Of(1, 1, 1), [1, 2]), (Shape.Of(2, 1, 1), [5, 6, 7, 8])));
    }

    [Fact]
    public void Interleaved_slices_take_turns()
    {
        Layer layer = Specified.Read(new() { Input = { "a", "b" }, ConcatND = new() { Axis = 0, Interleave = true } });

        Assert.Equal([1.0, 3, 2, 4], Specified.Run(layer, (Shape.Of(2), [1, 2]), (Shape.Of(2), [3, 4])));
    }

    [Theory]
    [InlineData(new long[] { 3, -1 }, new[] { 3, 4 })]
    [InlineData(new long[] { 0, -1, 1 }, new[] { 2, 6, 1 })]
    public void ReshapeStatic_fills_in_what_is_left(long[] target, int[] expected)
    {
        Layer layer = Specified.Read(new() { ReshapeStatic = new() { TargetShape = { target } } });

        Assert.Equal(Shape.Of(expected), Specified.InferOne(layer, Shape.Of(2, 6)));
    }

    [Theory]
    [InlineData(new long[] { 5, -1 })]
    [InlineData(new long[] { -1, -1 })]
    [InlineData(new long[] { -2, 6 })]
    [InlineData(new long[] { long.MaxValue, long.MaxValue })]
    public void A_target_shape_that_does_not_fit_is_refused(long[] target)
    {
        Layer layer = Specified.Read(new() { ReshapeStatic = new() { TargetShape = { target } } });

        var error = Assert.Throws<MLModelFormatException>(() => layer.Infer([Shape.Of(2, 6)]));

        Assert.Equal(
            "Layer 'it' (reshapeStatic) takes as many elements as its target shape " +
            $"[{string.Join('×', target)}] holds; got [2×6].",
            error.Message);
    }

    [Fact]
    public void Squeeze_leaves_one_axis_at_least()
    {
        Layer all = Specified.Read(new() { Squeeze = new() { SqueezeAll = true } });

        Assert.Equal(Shape.Of(1), Specified.InferOne(all, Shape.Of(1, 1)));
        Assert.Equal(Shape.Of(3, 2), Specified.InferOne(all, Shape.Of(1, 3, 1, 2)));
    }

    [Theory]
    [InlineData(new long[] { 0, 2 }, new[] { 1, 10, 1, 5 })]
    [InlineData(new long[] { -2, -1 }, new[] { 10, 5, 1, 1 })]
    public void ExpandDims_counts_its_axes_in_the_output(long[] axes, int[] expected)
    {
        Layer layer = Specified.Read(new() { ExpandDims = new() { Axes = { axes } } });

        Assert.Equal(Shape.Of(expected), Specified.InferOne(layer, Shape.Of(10, 5)));
    }
}
