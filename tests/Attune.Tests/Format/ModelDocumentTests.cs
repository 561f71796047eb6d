using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Tests.Format;

public class ModelDocumentTests
{
    private static readonly float[] FourValues = [1, -2, 3.5f, 4];

    [SkippableFact]
    public void Shared_models_written_untouched_have_their_bytes()
    {
        foreach ((string name, byte[] bytes) in SharedFolder.Models())
        {
            ModelDocument document = ModelDocument.Read(bytes);
            Assert.True(Written(document).AsSpan().SequenceEqual(bytes), name);
        }
    }

    [SkippableFact]
    public void A_shared_model_read_from_a_stream_of_unknown_length_is_the_same()
    {
        byte[] bytes = File.ReadAllBytes(SharedFolder.Require("peers", "models", "squeezenet_11.mlmodel"));

        ModelDocument document = ModelDocument.Read(new TricklingStream(bytes));

        Assert.True(Written(document).AsSpan().SequenceEqual(bytes));
        Assert.Equal(ModelDocument.Read(bytes).Model, document.Model);
    }

    [SkippableFact]
    public void The_parsed_message_with_its_weights_back_is_what_protobuf_reads()
    {
        string archive = SharedFolder.Require("corpus", "derived.tar.gz");
        foreach ((string name, byte[] bytes) in SharedFolder.PackedModels(archive))
        {
            ModelDocument document = ModelDocument.Read(bytes);
            byte[] edited = Written(document.Edited(document.Model.Clone()));
            Assert.True(Model.Parser.ParseFrom(edited).Equals(Model.Parser.ParseFrom(bytes)), name);
        }
    }

    [Fact]
    public void Weights_are_beside_the_message()
    {
        ModelDocument document = ModelDocument.Read(Wire.ModelWithWeights(new Wire().Floats(1, FourValues).Bytes));

        WeightParams weights = Weights(document);
        Assert.Empty(weights.FloatValue);
        Assert.Equal(new WeightData(WeightKind.Float32, 4), document.Weights(weights));
        Assert.Equal(FourValues, document.DecodeFloats(weights, 4, "fc").ToArray());
    }

    [Fact]
    public void Changed_weights_are_written_and_all_else_stays()
    {
        byte[] weights = new Wire().Floats(1, FourValues).Number(50, 1).Number(77, 5).Bytes;
        byte[] bytes = [.. Wire.ModelWithWeights(weights), .. new Wire().Text(999, "later").Bytes];
        ModelDocument document = ModelDocument.Read(bytes);

        byte[] written = Written(document, new() { [1] = new float[] { 9, 8, 7, 6 } });

        byte[] expected = [.. Wire.ModelWithWeights(new Wire().Floats(1, 9, 8, 7, 6).Number(50, 1).Number(77, 5).Bytes),
            .. new Wire().Text(999, "later").Bytes];
        Assert.Equal(expected, written);
    }

    [Fact]
    public void Changed_float16_weights_become_float32_and_lengths_follow()
    {
        // 1.5 and -2 in half precision
        byte[] weights = new Wire().Field(2, [0x00, 0x3E, 0x00, 0xC0]).Bytes;
        ModelDocument document = ModelDocument.Read(Wire.ModelWithWeights(weights));
        Assert.Equal([1.5f, -2], document.DecodeFloats(Weights(document), 2, "fc").ToArray());

        byte[] written = Written(document, new() { [1] = new float[] { 1.25f, 2 } });

        Assert.Equal(Wire.ModelWithWeights(new Wire().Floats(1, 1.25f, 2).Bytes), written);
    }

    [Fact]
    public void Changed_quantized_weights_lose_their_quantization()
    {
        byte[] quantization = new Wire().Number(1, 8).Bytes;
        ModelDocument document = ModelDocument.Read(
            Wire.ModelWithWeights(new Wire().Field(40, quantization).Field(30, [1, 2, 3, 4]).Number(50, 1).Bytes));

        byte[] written = Written(document, new() { [1] = FourValues });

        Assert.Equal(Wire.ModelWithWeights(new Wire().Floats(1, FourValues).Number(50, 1).Bytes), written);
    }

    public static TheoryData<byte[]> FormsOfFourValues => new()
    {
        new Wire().Float(1, 1).Float(1, -2).Float(1, 3.5f).Float(1, 4).Bytes,
        new Wire().Floats(1, 1, -2).Floats(1, 3.5f, 4).Bytes,
        new Wire().Floats(1, 1).Float(1, -2).Floats(1).Float(1, 3.5f).Float(1, 4).Bytes,
        new Wire().Float(1, 1).Number(50, 1).Floats(1, -2, 3.5f).Float(1, 4).Bytes,
        new Wire().Tag(1, 2).Varint(16, atLeast: 5).Raw(new Wire().Floats(1, FourValues).Bytes[2..]).Bytes,
    };

    [Theory]
    [MemberData(nameof(FormsOfFourValues))]
    public void Every_legal_form_of_a_list_of_floats_is_read_kept_and_replaced(byte[] weights)
    {
        byte[] bytes = Wire.ModelWithWeights(weights);
        ModelDocument document = ModelDocument.Read(bytes);

        Assert.Equal(FourValues, document.DecodeFloats(Weights(document), 4, "fc").ToArray());
        Assert.Equal(bytes, Written(document));
        Model changed = Model.Parser.ParseFrom(Written(document, new() { [1] = new float[] { 5, 6, 7, 8 } }));
        Assert.Equal([5, 6, 7, 8], changed.NeuralNetwork.Layers[0].InnerProduct.Weights.FloatValue);
    }

    [Fact]
    public void A_strangers_field_of_our_number_is_kept_and_not_read()
    {
        byte[] bytes = Wire.ModelWithWeights(new Wire().Number(536870900, 7).Bytes);

        ModelDocument document = ModelDocument.Read(bytes);

        Assert.Equal(0u, Weights(document).Blob);
        Assert.Equal(WeightKind.None, document.Weights(Weights(document)).Kind);
        Assert.Equal(bytes, Written(document));
    }

    [Fact]
    public void An_edited_message_is_written_with_its_weights_and_new_ones()
    {
        byte[] weights = new Wire().Floats(1, FourValues).Text(99, "kept").Bytes;
        ModelDocument document = ModelDocument.Read(Wire.ModelWithWeights(weights));
        Model model = document.Model.Clone();
        NeuralNetworkLayer added = model.NeuralNetwork.Layers[0].Clone();
        added.InnerProduct.Bias = new WeightParams { FloatValue = { 0.5f, 0.25f } };
        model.NeuralNetwork.Layers.Add(added);

        ModelDocument edited = document.Edited(model);

        Model expected = Model.Parser.ParseFrom(Wire.ModelWithWeights(weights));
        added = expected.NeuralNetwork.Layers[0].Clone();
        added.InnerProduct.Bias = new WeightParams { FloatValue = { 0.5f, 0.25f } };
        expected.NeuralNetwork.Layers.Add(added);
        Assert.Equal(expected, Model.Parser.ParseFrom(Written(edited)));
        WeightParams bias = edited.Model.NeuralNetwork.Layers[1].InnerProduct.Bias;
        Assert.Equal([0.5f, 0.25f], edited.DecodeFloats(bias, 2, "fc").ToArray());
    }

    [Fact]
    public void A_skeleton_and_its_weights_make_the_document_again()
    {
        byte[] bytes = Wire.ModelWithWeights(new Wire().Floats(1, FourValues).Number(50, 1).Bytes);
        ModelDocument document = ModelDocument.Read(bytes);
        var skeleton = new MemoryStream();
        document.WriteSkeleton(skeleton);
        skeleton.Position = 0;

        ModelDocument again = ModelDocument.ReadSkeleton(skeleton, document.Blobs);

        Assert.Equal(bytes, Written(again));
        Assert.Equal(document.Model, again.Model);
    }

    [Fact]
    public void A_wrong_number_of_values_is_refused_with_both_numbers()
    {
        ModelDocument document = ModelDocument.Read(Wire.ModelWithWeights(new Wire().Floats(1, FourValues).Bytes));

        var error = Assert.Throws<MLModelFormatException>(
            () => document.DecodeFloats(Weights(document), 6, "Layer 'fc' (innerProduct), weights"));

        Assert.Equal("Layer 'fc' (innerProduct), weights takes 6 values; got 4.", error.Message);
    }

    [Fact]
    public void Values_in_two_encodings_are_refused()
    {
        byte[] bytes = Wire.ModelWithWeights(new Wire().Floats(1, FourValues).Field(2, [0, 0]).Bytes);
        ModelDocument document = ModelDocument.Read(bytes);

        Assert.Throws<MLModelFormatException>(() => document.DecodeFloats(Weights(document), 4, "fc"));
        Assert.Equal(bytes, Written(document));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    public void Quantized_values_without_a_quantization_are_refused(int field)
    {
        ModelDocument document = ModelDocument.Read(Wire.ModelWithWeights(new Wire().Field(field, [1, 2]).Bytes));

        var error = Assert.Throws<MLModelFormatException>(
            () => document.DecodeFloats(Weights(document), 2, "Layer 'fc'"));

        Assert.StartsWith("Layer 'fc': ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_in_branches_and_pipelines_are_found()
    {
        var network = new NeuralNetwork { Layers = { Dense("inner", 1, 2) } };
        var branch = new NeuralNetworkLayer { Name = "branch", Branch = new BranchLayerParams { IfBranch = network } };
        var outer = new NeuralNetworkRegressor { Layers = { branch, Dense("outer", 3) } };
        var first = new Model { Identity = new Identity() };
        var second = new Model { NeuralNetworkRegressor = outer };
        var model = new Model { Pipeline = new Pipeline { Models = { first, second } } };

        ModelDocument document = ModelDocument.Of(model);

        Assert.Equal([[1, 2], [3]], document.Blobs.Select(blob => blob.Floats.ToArray()));
        outer.Layers[0].Branch.IfBranch.Layers[0].InnerProduct.Weights.FloatValue[1] = 7;
        byte[] written = Written(document, new() { [1] = new float[] { 1, 7 } });
        Assert.Equal(model, Model.Parser.ParseFrom(written));
    }

    private static NeuralNetworkLayer Dense(string name, params float[] weights) => new()
    {
        Name = name,
        InnerProduct = new InnerProductLayerParams { Weights = new WeightParams { FloatValue = { weights } } },
    };

    private static WeightParams Weights(ModelDocument document) =>
        document.Model.NeuralNetwork.Layers[0].InnerProduct.Weights;

    private static byte[] Written(ModelDocument document, Dictionary<int, ReadOnlyMemory<float>>? changed = null)
    {
        var stream = new MemoryStream();
        document.Write(stream, changed is null ? null : new ModelChanges { Weights = changed });
        return stream.ToArray();
    }
}
