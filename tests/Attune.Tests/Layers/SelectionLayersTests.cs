using Attune.Arrays;
using Attune.Graph;
using Attune.Layers;
using Attune.Runtime;
using Reorganization = Attune.Format.Specification.ReorganizeDataLayerParams.Types.ReorganizationType;

namespace Attune.Tests.Layers;

public class SelectionLayersTests
{
    [Theory]
    // NumPy: np.arange(5)[begin:end:step]
    [InlineData(1, 4, 1, new[] { 1, 2, 3 })]
    [InlineData(-4, -1, 2, new[] { 1, 3 })]
    [InlineData(0, 99, 2, new[] { 0, 2, 4 })]
    [InlineData(4, 1, -1, new[] { 4, 3, 2 })]
    [InlineData(99, -99, -2, new[] { 4, 2, 0 })]
    [InlineData(3, 3, 1, new int[0])]
    [InlineData(1, 4, -1, new int[0])]
    public void A_range_is_NumPys(int begin, int end, int step, int[] expected)
    {
        SliceRange range = SliceRange.Of(begin, end, step, size: 5);

        Assert.Equal(expected, Enumerable.Range(0, range.Count).Select(i => range.First + i * range.Step));
    }

    [Fact]
    public void A_squeezed_axis_is_left_out()
    {
        var slice = new Slice(
            "it", "sliceStatic", [new(null, null, 1, false), new(-1, null, 1, true)], innermost: false);

        Assert.Equal(Shape.Of(2), Specified.InferOne(slice, Shape.Of(2, 3)));
        Assert.Equal([3, 6], Specified.Run(slice, Shape.Of(2, 3), 1, 2, 3, 4, 5, 6));
    }

    [Fact]
    public void Backwards_and_forwards_mix()
    {
        Assert.Equal(
            [5, 6, 3, 4, 1, 2], Specified.Run(new Reverse("it", true, false), Shape.Of(3, 2), 1, 2, 3, 4, 5, 6));
    }

    [Fact]
    public void A_tile_is_repeated_whole()
    {
        // np.tile([[1, 2], [3, 4]], (1, 2))
        Assert.Equal([1, 2, 1, 2, 3, 4, 3, 4], Specified.Run(new Tile("it", 1, 2), Shape.Of(2, 2), 1, 2, 3, 4));
    }

    [Fact]
    public void Windows_overlap()
    {
        Assert.Equal(
            [1, 2, 3, 3, 4, 5], Specified.Run(new SlidingWindows("it", 0, 3, 2), Shape.Of(6), 1, 2, 3, 4, 5, 6));
    }

    [Theory]
    // Rows of pixels 1 2 / 3 4 of channel one, 5 6 / 7 8 of channel two: each pixel of the block is one channel of
    // both.
    [InlineData(
        Reorganization.SpaceToDepth, new[] { 2, 2, 2 }, new[] { 8, 1, 1 }, new double[] { 1, 5, 2, 6, 3, 7, 4, 8 })]
    [InlineData(
        Reorganization.DepthToSpace, new[] { 8, 1, 1 }, new[] { 2, 2, 2 }, new double[] { 1, 3, 5, 7, 2, 4, 6, 8 })]
    // torch.nn.functional.pixel_shuffle
    [InlineData(
        Reorganization.PixelShuffle, new[] { 8, 1, 1 }, new[] { 2, 2, 2 }, new double[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    public void Blocks_and_channels_change_places(object mode, int[] from, int[] to, double[] expected)
    {
        var layer = new ReorganizeData("it", (Reorganization)mode, 2);

        Assert.Equal(Shape.Of(to), Specified.InferOne(layer, Shape.Of(from)));
        Assert.Equal(expected, Specified.Run(layer, Shape.Of(from), 1, 2, 3, 4, 5, 6, 7, 8));
    }

    [Fact]
    public void What_does_not_divide_makes_the_first_parts_larger()
    {
        // np.array_split(np.arange(5), 3)
        Plan<double> plan = PlanOf(new Split("it", "splitND", 0, 3), Shape.Of(5));
        new double[] { 0, 1, 2, 3, 4 }.CopyTo(plan.Input(0, 1));

        plan.Run(1);

        Assert.Equal([0, 1], plan.Output(0, 1).ToArray());
        Assert.Equal([2, 3], plan.Output(1, 1).ToArray());
        Assert.Equal([4], plan.Output(2, 1).ToArray());
    }

    [Fact]
    public void Channels_are_split_into_equal_parts_only()
    {
        var error = Assert.Throws<MLModelFormatException>(
            () => new Split("it", "split", -3, 2).Infer([Shape.Of(5, 1, 1)]));

        Assert.Equal(
            "Layer 'it' (split) takes an input that falls into 2 equal parts along axis -3; got [5×1×1].",
            error.Message);
    }

    [Fact]
    public void A_part_that_nobody_needs_has_no_part_in_the_gradient()
    {
        var split = new Split("it", "splitND", 0, 2, 1, 2);
        Plan<double> plan = PlanOf(split, Shape.Of(3));
        var backward = new BackwardPlan<double>(
            plan, plan.Nodes[0].Outputs[1], new HashSet<Parameter>(), null, plan.Nodes[0].Inputs[0]);

        plan.Run(1);
        backward.Clear();
        new double[] { 7, 8 }.CopyTo(backward.Seed(1));
        backward.Run(1);

        Assert.Equal([0, 7, 8], backward.GradientOf(plan.Nodes[0].Inputs[0], 1).ToArray());
    }

    [Theory]
    [InlineData(1, 0, new double[] { 1, 0, 0, 4, 5, 0, 0, 8, 9 })]
    [InlineData(-1, 0, new double[] { 1, 0, 0, 4, 5, 0, 7, 8, 9 })]
    [InlineData(0, 1, new double[] { 1, 2, 0, 0, 5, 6, 0, 0, 9 })]
    public void A_band_is_kept(long lower, long upper, double[] expected)
    {
        Layer layer = Specified.Read(new() { MatrixBandPart = new() { NumLower = lower, NumUpper = upper } });

        Assert.Equal(expected, Specified.Run(layer, Shape.Of(3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    [Fact]
    public void Slices_are_gathered_in_any_order_and_from_behind()
    {
        // x = [[1, 2, 3], [4, 5, 6]]; x[:, [2, -3]]
        double[] y = Specified.Run(new Gather("it", 1), (Shape.Of(2, 3), [1, 2, 3, 4, 5, 6]), (Shape.Of(2), [2, -3]));

        Assert.Equal([3, 1, 6, 4], y);
    }

    [Fact]
    public void A_border_holds_the_number()
    {
        Assert.Equal(
            [9, 9, 9, 1, 2, 9, 9, 9, 9], Specified.Run(new ConstantPad("it", 9, 1, 1, 0, 1), Shape.Of(1, 2), 1, 2));
    }

    [Fact]
    public void The_first_of_equal_ones_is_named()
    {
        Assert.Equal([1, 0],
            Specified.Run(new ArgExtremum("it", "argMax", true, 1, removes: true), Shape.Of(2, 3), 1, 3, 3, 2, 1, 0));
        Assert.Equal([0, 2],
            Specified.Run(new ArgExtremum("it", "argMin", false, 1, removes: true), Shape.Of(2, 3), 1, 3, 3, 2, 1, 0));
    }

    [Fact]
    public void An_index_beyond_the_table_is_refused()
    {
        Layer layer = Specified.Read(
            new() { EmbeddingND = new() { VocabSize = 2, EmbeddingSize = 1, Weights = Specified.Weights(1, 2) } });

        var error = Assert.Throws<MLFeatureException>(() => Specified.Run(layer, Shape.Of(1), 2));

        Assert.Equal(
            "Layer 'it' (embeddingND) takes indices from 0 to 1; got 2. Check the model's inputs.", error.Message);
    }

    private static Plan<double> PlanOf(Split split, Shape input)
    {
        var value = new Value("x");
        Value[] outputs = [.. Enumerable.Range(0, split.Arity.LeastOutputs).Select(i => new Value($"y{i}"))];
        var network = new Network([value], [new Node(split, [value], outputs)], outputs);
        return new Plan<double>(network, ParameterSet<double>.Initial([]), [input], 1, Workers.Single, keepsAll: true);
    }
}
