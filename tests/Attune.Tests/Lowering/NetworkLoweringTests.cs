using Attune.Format.Specification;

namespace Attune.Tests.Lowering;

/// <summary>How features enter and leave a network, and which networks contradict themselves.</summary>
public class NetworkLoweringTests
{
    [Fact]
    public void A_gray_image_enters_as_values_of_0_to_255()
    {
        // scale 0.5, bias 3: 10 → 8, 200 → 103
        MLModel model = ImageModel(ImageFeatureType.Types.ColorSpace.Grayscale, scale: 0.5f, gray: 3);
        var image = new MLPixelBuffer(new byte[] { 10, 200 }, 2, 1, MLPixelFormat.OneComponent8);

        Assert.Equal([8, 103], Run(model, image));
    }

    [Theory]
    [InlineData("Rgb", new double[] { 1 + 100, 2 + 10, 3 + 1 })]
    [InlineData("Bgr", new double[] { 3 + 1, 2 + 10, 1 + 100 })]
    public void Colours_enter_in_the_models_order_with_the_bias_of_their_own(string order, double[] expected)
    {
        var colours = Enum.Parse<ImageFeatureType.Types.ColorSpace>(order);
        MLModel model = ImageModel(colours, scale: 1, red: 100, green: 10, blue: 1, width: 1);
        // red 1, green 2, blue 3
        var rgba = new MLPixelBuffer(new byte[] { 1, 2, 3, 255 }, 1, 1, MLPixelFormat.Rgba32);
        var bgra = new MLPixelBuffer(new byte[] { 3, 2, 1, 255 }, 1, 1, MLPixelFormat.Bgra32);

        Assert.Equal(expected, Run(model, rgba));
        Assert.Equal(expected, Run(model, bgra));
    }

    [Fact]
    public void An_image_of_another_size_is_averaged_to_the_models()
    {
        MLModel model = ImageModel(ImageFeatureType.Types.ColorSpace.Grayscale, scale: 1);
        var image = new MLPixelBuffer(
            new byte[] { 10, 20, 30, 40, 12, 18, 30, 44 }, 4, 2, MLPixelFormat.OneComponent8);

        Assert.Equal([15, 36], Run(model, image)); // (10+20+12+18)/4, (30+40+30+44)/4
    }

    [Fact]
    public void Colours_become_gray_for_a_gray_model_and_alpha_counts_for_nothing()
    {
        MLModel gray = ImageModel(ImageFeatureType.Types.ColorSpace.Grayscale, scale: 1, width: 1);
        MLModel colour = ImageModel(ImageFeatureType.Types.ColorSpace.Rgb, scale: 1, width: 1);
        var pixels = new MLPixelBuffer(
            new byte[] { 200, 100, 50, 0, 200, 100, 50, 255 }, 2, 1, MLPixelFormat.Rgba32);

        Assert.Equal([124], Run(gray, pixels)); // (299·200 + 587·100 + 114·50 + 500)/1000, the remainder dropped
        Assert.Equal([200, 100, 50], Run(colour, pixels));
        Assert.Equal(
            [7, 7, 7], Run(colour, new MLPixelBuffer(new byte[] { 7 }, 1, 1, MLPixelFormat.OneComponent8)));
    }

    [Fact]
    public void A_flexible_input_gives_an_output_of_its_own_shape()
    {
        Model specification = Plain(TestModels.Array("x", 1, 2, 3), TestModels.Array("y", 1, 2, 3));
        specification.NeuralNetwork.ArrayInputShapeMapping = NeuralNetworkMultiArrayShapeMapping.ExactArrayMapping;
        var flexible = new ArrayFeatureType.Types.EnumeratedShapes();
        flexible.Shapes.Add(new ArrayFeatureType.Types.Shape { Shape_ = { 1, 2, 3 } });
        flexible.Shapes.Add(new ArrayFeatureType.Types.Shape { Shape_ = { 1, 3, 2 } });
        specification.Description.Input[0].Type.MultiArrayType.EnumeratedShapes = flexible;
        MLModel model = TestModels.Load(specification);

        MLMultiArray y = model.Prediction(TestModels.Sample(
            ("x", TestModels.Tensor(TestModels.Wave(6, 1, 1), 1, 3, 2)))).GetFeatureValue("y")!.MultiArrayValue!;

        Assert.Equal([1, 3, 2], y.Shape);
    }

    [Fact]
    public void A_layer_that_reads_what_a_later_one_makes_is_refused()
    {
        Model specification = Plain(TestModels.Array("x", 1), TestModels.Array("y", 1));
        specification.NeuralNetwork.Layers[0].Input[0] = "y";

        var refusal = Assert.Throws<MLModelFormatException>(() => TestModels.Load(specification));

        Assert.Contains("takes 'y', which is neither an input", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_no_layer_makes_is_refused()
    {
        Model specification = Plain(TestModels.Array("x", 1), TestModels.Array("z", 1));

        Assert.Contains(
            "output 'z' is made by no layer",
            Assert.Throws<MLModelFormatException>(() => TestModels.Load(specification)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_classifier_has_as_many_labels_as_probabilities()
    {
        Model specification = TestModels.SmallClassifier();
        specification.NeuralNetworkClassifier.StringClassLabels.Vector.Add("d");

        Assert.Contains(
            "4 labels; the network makes 3",
            Assert.Throws<MLModelFormatException>(() => TestModels.Load(specification)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(3_000_000_000)]
    public void Sizes_that_no_array_has_are_refused(long size) => Assert.Throws<MLModelFormatException>(
        () => TestModels.Load(Plain(TestModels.Array("x", size), TestModels.Array("y", 1))));

    [Fact]
    public void A_size_that_only_wastes_memory_loads_and_takes_none_until_it_is_used()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);

        const long Huge = 2_000_000_000;
        MLModel model = TestModels.Load(Plain(TestModels.Array("x", Huge), TestModels.Array("y", Huge)));

        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 50_000_000);
        Assert.Throws<MLFeatureException>(() => model.Prediction(TestModels.Sample(("x", TestModels.Tensor([1], 1)))));
    }

    [Fact]
    public void Two_inputs_of_one_name_are_refused()
    {
        Model specification = Plain(TestModels.Array("x", 1), TestModels.Array("y", 1));
        specification.Description.Input.Add(TestModels.Array("x", 2));

        Assert.Contains(
            "two inputs called 'x'",
            Assert.Throws<MLModelFormatException>(() => TestModels.Load(specification)).Message,
            StringComparison.Ordinal);
    }

    private static double[] Run(MLModel model, MLPixelBuffer image)
    {
        MLMultiArray y = model.Prediction(TestModels.Sample(("image", MLFeatureValue.FromPixelBuffer(image))))
            .GetFeatureValue("y")!.MultiArrayValue!;
        return [.. Enumerable.Range(0, y.Count).Select(i => y[i])];
    }

    private static MLModel ImageModel(
        ImageFeatureType.Types.ColorSpace order,
        float scale,
        float red = 0,
        float green = 0,
        float blue = 0,
        float gray = 0,
        int width = 2)
    {
        int channels = order == ImageFeatureType.Types.ColorSpace.Grayscale ? 1 : 3;
        var input = new FeatureDescription
        {
            Name = "image",
            Type = new() { ImageType = new() { Width = width, Height = 1, ColorSpace = order } },
        };
        Model specification = Plain(input, TestModels.Array("y", channels, 1, width));
        specification.NeuralNetwork.Preprocessing.Add(new NeuralNetworkPreprocessing
        {
            Scaler = new() { ChannelScale = scale, RedBias = red, GreenBias = green, BlueBias = blue, GrayBias = gray },
        });
        return TestModels.Load(specification);
    }

    /// <summary>One linear activation, y = x.</summary>
    private static Model Plain(FeatureDescription input, FeatureDescription output)
    {
        var model = new Model { SpecificationVersion = 4, NeuralNetwork = new(), Description = new() };
        model.NeuralNetwork.Layers.Add(TestModels.Layer(
            "same", input.Name, "y", layer => layer.Activation = new() { Linear = new() { Alpha = 1 } }));
        model.Description.Input.Add(input);
        model.Description.Output.Add(output);
        return model;
    }
}
