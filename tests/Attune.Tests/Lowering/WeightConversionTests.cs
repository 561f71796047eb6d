using Attune.Format;
using Attune.Format.Specification;
using Attune.Lowering;
using Google.Protobuf;

namespace Attune.Tests.Lowering;

public sealed class WeightConversionTests
{
    [Theory]
    [InlineData("Float32")]
    [InlineData("Float16")]
    [InlineData("Linear")]
    public void A_layer_that_quantizes_its_input_keeps_its_signed_bytes(string encoding)
    {
        Model model = Quantizing();
        var conversion = new WeightConversion(
            ModelDocument.Of(model), Enum.Parse<WeightEncoding>(encoding), bits: 8);

        ModelDocument converted = conversion.Convert();

        var written = new MemoryStream();
        converted.Write(written);
        Assert.Equal(model, Model.Parser.ParseFrom(written.ToArray()));
        Assert.Equal(0, conversion.Converted);
        Assert.Equal(
            ["Layer 'dense' (innerProduct) quantizes its input, and takes signed bytes with it."], conversion.Kept);
    }

    private static Model Quantizing()
    {
        var weights = new WeightParams
        {
            Int8RawValue = ByteString.CopyFrom(1, 2, 3, 4),
            Quantization = new QuantizationParams
            {
                NumberOfBits = 8,
                LinearQuantization = new LinearQuantizationParams { Scale = { 0.5f } },
            },
        };
        var layer = new NeuralNetworkLayer
        {
            Name = "dense",
            Input = { "x" },
            Output = { "y" },
            InnerProduct = new InnerProductLayerParams
            {
                InputChannels = 2,
                OutputChannels = 2,
                Weights = weights,
                Int8DynamicQuantize = true,
            },
        };
        return new Model { SpecificationVersion = 4, NeuralNetwork = new NeuralNetwork { Layers = { layer } } };
    }
}
