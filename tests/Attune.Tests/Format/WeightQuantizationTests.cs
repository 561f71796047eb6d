using Attune.Format;
using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Format;

public class WeightQuantizationTests
{
    [Fact]
    public void Three_bits_each_name_a_place_in_the_table()
    {
        // 5, 0, 7 are 101 000 111, and 7 bits to fill the second byte: 1010 0011, 1000 0000
        float[] actual = Decode(3, new WeightParams
        {
            RawValue = ByteString.CopyFrom(0b1010_0011, 0b1000_0000),
            Quantization = new()
            {
                NumberOfBits = 3,
                LookupTableQuantization = new() { FloatValue = { 10, 11, 12, 13, 14, 15, 16, 17 } },
            },
        });

        Assert.Equal([15, 10, 17], actual);
    }

    [Fact]
    public void Each_output_channel_has_its_own_scale_and_bias()
    {
        // 1, 2 and 3, 4 as four bits each: 1·10+100, 2·10+100, 3·20+200, 4·20+200
        float[] actual = Decode(4, new WeightParams
        {
            RawValue = ByteString.CopyFrom(0x12, 0x34),
            Quantization =
                new() { NumberOfBits = 4, LinearQuantization = new() { Scale = { 10, 20 }, Bias = { 100, 200 } } },
        });

        Assert.Equal([110, 120, 260, 280], actual);
    }

    [Fact]
    public void Signed_bytes_are_scaled()
    {
        float[] actual = Decode(2, new WeightParams
        {
            Int8RawValue = ByteString.CopyFrom(0xFF, 0x03),
            Quantization = new() { NumberOfBits = 8, LinearQuantization = new() { Scale = { 0.5f } } },
        });

        Assert.Equal([-0.5f, 1.5f], actual);
    }

    [Theory]
    [InlineData(0, 1, "it: quantized values take 1 to 8 bits each; the file says 0.")]
    [InlineData(8, 3, "it takes 2 values, which are 2 bytes; got 3.")]
    [InlineData(2, 1, "it: the table of its quantized values takes 4 numbers; got 1.")]
    public void What_does_not_fit_is_refused(ulong bits, int bytes, string message)
    {
        var weights = new WeightParams
        {
            RawValue = ByteString.CopyFrom(new byte[bytes]),
            Quantization = new() { NumberOfBits = bits, LookupTableQuantization = new() { FloatValue = { 1 } } },
        };

        var error = Assert.Throws<MLModelFormatException>(() => Decode(2, weights));

        Assert.Equal(message, error.Message);
    }

    private static float[] Decode(int count, WeightParams weights)
    {
        var layer = new NeuralNetworkLayer { Bias = new() { Bias = weights } };
        var model = new Model { NeuralNetwork = new() { Layers = { layer } } };
        ModelDocument document = ModelDocument.Of(model);
        return document.DecodeFloats(document.Model.NeuralNetwork.Layers[0].Bias.Bias, count, "it").ToArray();
    }
}
