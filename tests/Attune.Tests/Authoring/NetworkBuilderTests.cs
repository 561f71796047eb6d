using Attune.Authoring;
using Attune.Format.Specification;

namespace Attune.Tests.Authoring;

public sealed class NetworkBuilderTests
{
    [Fact]
    public void A_layer_takes_what_the_layer_before_made_and_names_its_output_like_itself()
    {
        NeuralNetwork network =
            new NetworkBuilder().AddArrayInput("x", [2]).ReLU("a").Tanh("b", output: "c").Sigmoid("d")
            .Written().NeuralNetwork;

        Assert.Equal(["x", "a", "c"], network.Layers.Select(layer => Assert.Single(layer.Input)));
        Assert.Equal(["a", "c", "d"], network.Layers.Select(layer => Assert.Single(layer.Output)));
    }

    [Fact]
    public void A_plain_network_gives_its_last_value_unless_told_otherwise()
    {
        Model last = new NetworkBuilder().AddArrayInput("x", [2]).ReLU("a").Tanh("b").Written();
        Model told = new NetworkBuilder().AddArrayInput("x", [2]).ReLU("a").Tanh("b")
            .AddOutput("a", MLMultiArrayDataType.Double).Written();

        FeatureDescription output = Assert.Single(last.Description.Output);
        Assert.Equal("b", output.Name);
        Assert.Equal([2L], output.Type.MultiArrayType.Shape);
        Assert.Equal(ArrayFeatureType.Types.ArrayDataType.Float32, output.Type.MultiArrayType.DataType);
        Assert.Equal("a", Assert.Single(told.Description.Output).Name);
        Assert.Equal(
            ArrayFeatureType.Types.ArrayDataType.Double, told.Description.Output[0].Type.MultiArrayType.DataType);
    }

    [Fact]
    public void Inputs_of_all_kinds_are_described()
    {
        Model model = new NetworkBuilder { Profile = MLUpdateProfile.Any } // Core ML takes no plain numbers
            .AddImageInput("image", 4, 3, ImageColorSpace.Bgr)
            .AddArrayInput("array", [5], MLMultiArrayDataType.Int32)
            .AddDoubleInput("double")
            .AddInt64Input("whole")
            .Flatten("flat", input: "image")
            .Concat("all", ["flat", "array", "double", "whole"])
            .Written();

        ImageFeatureType image = model.Description.Input[0].Type.ImageType;
        Assert.Equal((4, 3), (image.Width, image.Height));
        Assert.Equal(ImageFeatureType.Types.ColorSpace.Bgr, model.Description.Input[0].Type.ImageType.ColorSpace);
        Assert.Equal(
            ArrayFeatureType.Types.ArrayDataType.Int32, model.Description.Input[1].Type.MultiArrayType.DataType);
        Assert.NotNull(model.Description.Input[2].Type.DoubleType);
        Assert.NotNull(model.Description.Input[3].Type.Int64Type);
        Assert.Equal([43L], model.Description.Output[0].Type.MultiArrayType.Shape); // 3·3·4 + 5 + 1 + 1
    }

    [Fact]
    public void An_image_output_has_the_size_of_its_value()
    {
        Model model = new NetworkBuilder().AddImageInput("x", 4, 3, ImageColorSpace.Rgb).Linear("y", 1)
            .AddImageOutput("y", ImageColorSpace.Rgb).Written();

        ImageFeatureType image = Assert.Single(model.Description.Output).Type.ImageType;
        Assert.Equal((4L, 3L, ImageFeatureType.Types.ColorSpace.Rgb), (image.Width, image.Height, image.ColorSpace));
    }

    [Fact]
    public void Images_are_scaled_and_means_subtracted_in_the_order_of_the_calls()
    {
        MLModel model = new NetworkBuilder().AddImageInput("x", 2, 1)
            .ScaleImage(channelScale: 2, grayBias: 1)
            .SubtractMeanImage([10, 20])
            .Linear("y", 1)
            .Build();
        var image = new MLPixelBuffer(2, 1, MLPixelFormat.OneComponent8);
        image.GetRow(0)[0] = 50;
        image.GetRow(0)[1] = 100;

        MLMultiArray y =
            model.Prediction(new MLDictionaryFeatureProvider { ["x"] = MLFeatureValue.FromPixelBuffer(image) })
            .GetFeatureValue("y")!.MultiArrayValue!;

        Assert.Equal([91f, 181f], y.AsSpan<float>().ToArray()); // 2·50 + 1 − 10, 2·100 + 1 − 20
    }

    [Fact]
    public void A_classifier_with_strings()
    {
        NetworkBuilder draft =
            new NetworkBuilder().AddArrayInput("x", [2]).Softmax("p").Classifier(["no", "yes"], "answer", "p");
        Model model = draft.Written();

        Assert.Equal(["no", "yes"], model.NeuralNetworkClassifier.StringClassLabels.Vector);
        Assert.Equal("p", model.NeuralNetworkClassifier.LabelProbabilityLayerName);
        IMLFeatureProvider output = draft.Build().Prediction(
            new MLDictionaryFeatureProvider { ["x"] = new MLMultiArray(new float[] { 0, MathF.Log(3) }, 2) });
        Assert.Equal("yes", output.GetFeatureValue("answer")!.StringValue);
        // 3 / (1 + 3), a float32
        Assert.Equal(0.75, output.GetFeatureValue("p")!.DictionaryValue["yes"], 1e-6);
    }

    [Fact]
    public void A_classifier_with_whole_numbers_and_no_probabilities()
    {
        NetworkBuilder draft = new NetworkBuilder().AddArrayInput("x", [2]).Softmax("p").Classifier([10L, 20L]);
        Model model = draft.Written();

        Assert.Equal([10L, 20L], model.NeuralNetworkClassifier.Int64ClassLabels.Vector);
        Assert.Equal("classLabel", Assert.Single(model.Description.Output).Name);
        Assert.Equal("", model.Description.PredictedProbabilitiesName);
        IMLFeatureProvider output = draft.Build().Prediction(
            new MLDictionaryFeatureProvider { ["x"] = new MLMultiArray(new float[] { 5, 0 }, 2) });
        Assert.Equal(10, output.GetFeatureValue("classLabel")!.Int64Value);
    }

    [Fact]
    public void A_classifier_may_name_the_value_of_its_probabilities()
    {
        Model model = new NetworkBuilder().AddArrayInput("x", [2]).Softmax("p").ReLU("q")
            .Classifier(["a", "b"], value: "p").Written();

        Assert.Equal("p", model.NeuralNetworkClassifier.LabelProbabilityLayerName);
    }

    [Fact]
    public void A_regressor_predicts_a_value()
    {
        Model model = new NetworkBuilder().AddArrayInput("x", [2])
            .InnerProduct("y", 1, Initializer.Ones).Regressor("y").Written();

        Assert.NotNull(model.NeuralNetworkRegressor);
        Assert.Equal("y", model.Description.PredictedFeatureName);
        Assert.Equal("y", Assert.Single(model.Description.Output).Name);
    }

    [Fact]
    public void Metadata_and_texts_are_written()
    {
        Model model = new NetworkBuilder().AddArrayInput("x", [2]).ReLU("y")
            .Author("A").License(
                "L").Version("V").Description("D").UserDefined("key", "value").Describe("x", "The input").Written();

        Metadata metadata = model.Description.Metadata;
        Assert.Equal(("A", "L", "V", "D"), (
            metadata.Author, metadata.License, metadata.VersionString, metadata.ShortDescription));
        Assert.Equal("value", metadata.UserDefined["key"]);
        Assert.Equal("The input", model.Description.Input[0].ShortDescription);
    }

    [Theory]
    [InlineData(1, false, false, MLMultiArrayDataType.Float32)]
    [InlineData(4, true, false, MLMultiArrayDataType.Float32)]
    [InlineData(4, false, true, MLMultiArrayDataType.Float32)]
    [InlineData(7, false, false, MLMultiArrayDataType.Float16)]
    [InlineData(10, false, false, MLMultiArrayDataType.Int8)]
    public void The_version_is_the_lowest_that_serves(
        int version, bool isExact, bool hasNewLayer, MLMultiArrayDataType dataType)
    {
        // Core ML takes new layers with the exact mapping only.
        NetworkBuilder draft =
            new NetworkBuilder(isExact ? InputMapping.Exact : InputMapping.Rank5) { Profile = MLUpdateProfile.Any }
            .AddArrayInput("x", [1, 1, 2], dataType);

        Assert.Equal(
            version, (hasNewLayer ? draft.SoftmaxND("y", -1) : draft.ReLU("y")).Written().SpecificationVersion);
    }

    [Fact]
    public void A_draft_can_be_built_changed_and_built_again()
    {
        NetworkBuilder draft = new NetworkBuilder().AddArrayInput("x", [2]).ReLU("a");
        Model first = draft.Written();
        Model again = draft.Written();
        Model second = draft.Tanh("b").Written();

        Assert.Equal(first, again);
        Assert.Single(first.NeuralNetwork.Layers);
        Assert.Equal(2, second.NeuralNetwork.Layers.Count);
    }

    [Fact]
    public void A_saved_model_predicts_the_same()
    {
        NetworkBuilder draft = Authored.Regressor();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("attune-test-");
        try
        {
            var x = new MLDictionaryFeatureProvider { ["x"] = new MLMultiArray(new float[] { 1, -2 }, 2) };
            float expected = draft.Build().Prediction(x).GetFeatureValue("second")!.MultiArrayValue!.AsSpan<float>()[0];
            foreach (string extension in new[] { ".mlmodel", ".mlpackage", ".mlmodelc" })
            {
                string path = Path.Combine(folder.FullName, "model" + extension);
                draft.Save(path);
                Assert.Equal(
                    expected,
                    MLModel.Load(path).Prediction(x).GetFeatureValue("second")!.MultiArrayValue!.AsSpan<float>()[0]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "layerTwice", "A layer takes a name of its own; the network already has a layer 'a'." },
        { "layerNameless", "A layer (activation) takes a name; got none." },
        {
            "valueTwice",
            "Layer 'b' (activation) takes new names for its outputs; the network already has a value 'x'."
        },
        { "valueNameless", "Layer 'b' (activation) takes new names for its outputs; one is empty." },
        {
            "unknownInput",
            "Layer 'b' takes 'nothing', which is neither an input of the model nor made by a layer before it."
        },
        { "twoInputs", "Layer 'b' takes the name of its input, since the model has 2 inputs and no layer before it." },
        { "inputTwice", "An input takes a name of its own; the network already has a value 'x'." },
        {
            "rank2",
            "Input 'z' of a network with the rank-5 mapping takes an array of rank 1 ([C]), 3 ([C×H×W]) or 5; its " +
            "shape is [2×3]."
        },
        { "emptyAxis", "Input 'z' takes sizes of 1 or more; got [0]." },
        { "noChannels", "Layer 'b' (innerProduct) takes a number of output channels of 1 or more; got 0." },
        { "kernel", "Layer 'b' (convolution) takes a kernel size of 1 or more; got 0." },
        { "groups", "Layer 'b' (convolution) takes input channels that its 3 groups divide; got 4." },
        { "lastPixel", "Layer 'b' (convolution) takes valid or same padding; IncludeLastPixel is for pooling." },
        { "sum", "Layer 'b' takes one or more inputs; got none." },
        { "axes", "Layer 'b' takes axes from 0 on; got -1." },
        { "unknownOutput", "An output takes the name of a value that a layer has made; 'nothing' is none." },
        { "inputAsOutput", "An output takes the name of a value that a layer has made; 'x' is none." },
        { "outputTwice", "An output takes a name of its own; the model already has an output 'a'." },
        { "imageOutput", "An image output (Rgb) takes a value of 3 channels, rows and columns; 'a' is [1×1×4×1×1]." },
        { "classifierTwice", "A network predicts one thing; this one is a classifier already." },
        { "regressorToo", "A network predicts one thing; this one is a regressor already." },
        {
            "classifierValue",
            "A classifier takes its probabilities from a value of the network; it has no value 'nothing'."
        },
        { "noImage", "Preprocessing takes the name of an image input, since the model has 0 of them." },
        { "unknownImage", "Preprocessing takes an image input; the model has none called 'x'." },
        { "meanImage", "The mean image of input 'image' takes 6 numbers ([1×1×1×2×3]); got 2." },
        { "shapeOf", "The network has no value 'nothing': it is neither an input nor made by a layer." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Mistakes_are_refused_at_once(string mistake, string message)
    {
        NetworkBuilder draft = new NetworkBuilder().AddArrayInput("x", [4]);

        var error = Assert.ThrowsAny<ArgumentException>(() => Mistake(mistake, draft));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static object Mistake(string mistake, NetworkBuilder draft) => mistake switch
    {
        "layerTwice" => draft.ReLU("a").ReLU("a", output: "b"),
        "layerNameless" => draft.ReLU(""),
        "valueTwice" => draft.ReLU("b", output: "x"),
        "valueNameless" => draft.ReLU("b", output: ""),
        "unknownInput" => draft.ReLU("b", input: "nothing"),
        "twoInputs" => draft.AddArrayInput("z", [4]).ReLU("b"),
        "inputTwice" => draft.AddDoubleInput("x"),
        "rank2" => draft.AddArrayInput("z", [2, 3]),
        "emptyAxis" => draft.AddArrayInput("z", [0]),
        "noChannels" => draft.InnerProduct("b", 0, Initializer.Zeros),
        "kernel" => draft.Convolution("b", 1, 0, Initializer.Zeros),
        "groups" => draft.Convolution("b", 3, 1, Initializer.Zeros, groups: 3),
        "lastPixel" => draft.Convolution("b", 1, 1, Initializer.Zeros, padding: WindowPadding.IncludeLastPixel()),
        "sum" => draft.Add("b", []),
        "axes" => draft.Permute("b", [0, 1, 2, -1]),
        "unknownOutput" => draft.AddOutput("nothing"),
        "inputAsOutput" => draft.AddOutput("x"),
        "outputTwice" => draft.ReLU("a").AddOutput("a").AddOutput("a"),
        "imageOutput" => draft.ReLU("a").AddImageOutput("a", ImageColorSpace.Rgb),
        "classifierTwice" => draft.Softmax("a").Classifier(["1"]).Classifier(["1"]),
        "regressorToo" => draft.ReLU("a").Regressor("a").Classifier(["1"]),
        "classifierValue" => draft.Softmax("a").Classifier(["1"], value: "nothing"),
        "noImage" => draft.ScaleImage(2),
        "unknownImage" => draft.ScaleImage(2, input: "x"),
        "meanImage" => draft.AddImageInput("image", 3, 2).SubtractMeanImage([1, 2]),
        _ => draft.ShapeOf("nothing"),
    };

    [Fact]
    public void A_layer_that_does_not_fit_is_refused_as_the_engine_would()
    {
        NetworkBuilder draft = new NetworkBuilder().AddArrayInput("x", [2, 3, 3]);

        var error = Assert.Throws<ArgumentException>(() => draft.InnerProduct("d", 4, Initializer.Zeros));

        Assert.Equal("Layer 'd' (innerProduct) takes 2 values per row; got [1×1×2×3×3].", error.Message);
    }

    [Fact]
    public void A_refused_layer_leaves_the_draft_as_it_was()
    {
        NetworkBuilder draft = new NetworkBuilder().AddArrayInput("x", [2, 3, 3]);
        Assert.Throws<ArgumentException>(() => draft.InnerProduct("d", 4, Initializer.Zeros));

        Assert.Equal("x", Assert.Single(Assert.Single(draft.Flatten("d").Written().NeuralNetwork.Layers).Input));
    }

    [Fact]
    public void Problems_of_the_whole_are_reported_together()
    {
        NetworkBuilder draft = new NetworkBuilder().AddArrayInput("x", [3]).Softmax("p")
            .Classifier(["a", "a"], "p", "p").Describe("nothing", "text");

        Assert.Equal(
            ["classifier.labels.count", "classifier.labels.unique", "model.features.unknown", "model.outputs.unique"],
            draft.Check().Select(problem => problem.Rule).Order());
        var error = Assert.Throws<MLModelFormatException>(() => draft.Build());
        Assert.StartsWith(
            "The model cannot be built: it breaks 4 rules of the format.", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "A classifier takes a label for each probability; 'p' has 3 and there are 2 labels. " +
            "[classifier.labels.count]",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_network_is_no_network()
    {
        Assert.Equal(
            ["network.inputs.none", "network.layers.none"],
            new NetworkBuilder().Check().Select(problem => problem.Rule));
    }
}
