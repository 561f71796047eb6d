using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Format;

/// <summary>
/// The descriptions of the format in <c>Format/Protos</c> know every field of the models that others made.
/// </summary>
public class ProtosTests
{
    [SkippableFact]
    public void Every_field_of_the_shared_models_is_known()
    {
        // Equal to what is left without unknown fields: there were none, at any depth.
        MessageParser<Model> knownOnly = Model.Parser.WithDiscardUnknownFields(true);
        List<string> offenders = [];
        foreach ((string name, byte[] bytes) in SharedFolder.Models())
            if (!Model.Parser.ParseFrom(bytes).Equals(knownOnly.ParseFrom(bytes)))
                offenders.Add(name);

        Assert.Empty(offenders);
    }

    [SkippableFact]
    public void A_shared_model_written_again_is_an_equal_message()
    {
        List<string> offenders = [];
        foreach ((string name, byte[] bytes) in SharedFolder.Models())
        {
            Model model = Model.Parser.ParseFrom(bytes);
            byte[] again = model.ToByteArray();
            if (again.Length != bytes.Length || !Model.Parser.ParseFrom(again).Equals(model))
                offenders.Add(name);
        }

        Assert.Empty(offenders);
    }

    [Fact]
    public void The_check_for_unknown_fields_sees_one_deep_inside()
    {
        // NeuralNetworkLayer with field 99 = 1
        byte[] layer = [0x98, 0x06, 0x01];
        byte[] network = [0x0A, (byte)layer.Length, .. layer];
        byte[] model = [0xA2, 0x1F, (byte)network.Length, .. network];

        Model parsed = Model.Parser.ParseFrom(model);

        Assert.Single(parsed.NeuralNetwork.Layers);
        Assert.NotEqual(parsed, Model.Parser.WithDiscardUnknownFields(true).ParseFrom(model));
    }
}
