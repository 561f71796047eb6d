using Attune.Authoring;
using Attune.Lowering;
using Attune.Models;

namespace Attune.Tests.Models;

public sealed class ModelStructureTests
{
    [Fact]
    public void Products_are_counted_for_every_layer_that_is_made_of_them()
    {
        MLModel model = new NetworkBuilder()
            .AddArrayInput("x", [4, 6, 6])
            .Convolution("conv", 8, 3, Initializer.Zeros, groups: 2)
            .Deconvolution("deconv", 2, 2, Initializer.Zeros, stride: 2)
            .Flatten("flatten")
            .InnerProduct("dense", 5, Initializer.Zeros)
            .AddOutput("dense")
            .Build();

        long?[] products = [.. ModelStructure.Of(model).Layers.Select(layer => layer.MultiplyAdds)];

        // [8×4×4] of windows of 3·3 in 2 of 4 channels; each of those [8×4×4] to 2 channels of 2·2; [2×8×8] to 5.
        Assert.Equal([8 * 4 * 4 * 3 * 3 * 2, 8 * 4 * 4 * 2 * 2 * 2, 0, 2 * 8 * 8 * 5], products);
    }

    [Fact]
    public void A_layer_tells_its_shapes_and_how_it_holds_its_numbers()
    {
        MLModel model = new NetworkBuilder()
            .AddArrayInput("x", [4])
            .InnerProduct("dense", 3, Initializer.Ones, Initializer.Zeros)
            .AddOutput("dense")
            .Build();

        LayerStructure layer = Assert.Single(ModelStructure.Of(model).Layers);

        Assert.Equal("[1×1×3×1×1]", Assert.Single(layer.Shapes).ToString());
        Assert.Equal((15, 60, "float32"), (layer.Parameters, layer.WeightBytes, layer.Encoding));
        Assert.Equal(["x"], layer.Inputs);
        Assert.Equal(["dense"], layer.Outputs);
    }
}
