using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Networks of one layer or a few, and what they are made of.</summary>
internal static class Networks
{
    /// <summary>
    /// A network whose arrays have any rank, of one layer whose inputs and outputs are the model's. Inputs have shapes
    /// of ones; of outputs the description says nothing.
    /// </summary>
    public static Model Of(NeuralNetworkLayer layer, int rank = 1)
    {
        var network = new NeuralNetwork
        {
            Layers = { layer },
            ArrayInputShapeMapping = NeuralNetworkMultiArrayShapeMapping.ExactArrayMapping,
        };
        var model = new Model { SpecificationVersion = 10, Description = new(), NeuralNetwork = network };
        long[] shape = [.. Enumerable.Repeat(1L, rank)];
        model.Description.Input.Add(layer.Input.Select(name => TestModels.Array(name, shape)));
        model.Description.Output.Add(layer.Output.Select(name => TestModels.Array(name)));
        return model;
    }

    /// <summary>A function of x, which is y.</summary>
    public static Model OneFunction() => Of(Function());

    public static NeuralNetworkLayer Function(string input = "x", string output = "y") =>
        TestModels.Layer($"make {output}", input, output, layer => layer.Gelu = new());

    /// <summary>A layer of x that makes y.</summary>
    public static NeuralNetworkLayer Layer(Action<NeuralNetworkLayer> fill) =>
        TestModels.Layer("layer", "x", "y", fill);

    public static NeuralNetworkLayer Layer(string[] inputs, string[] outputs, Action<NeuralNetworkLayer> fill)
    {
        var layer = new NeuralNetworkLayer { Name = "layer", Input = { inputs }, Output = { outputs } };
        fill(layer);
        return layer;
    }

    /// <summary>A layer that says the ranks of its inputs and of its output.</summary>
    public static NeuralNetworkLayer Ranked(NeuralNetworkLayer layer, uint[] inputs, params uint[] outputs)
    {
        layer.InputTensor.Add(inputs.Select(rank => new Tensor { Rank = rank }));
        layer.OutputTensor.Add(outputs.Select(rank => new Tensor { Rank = rank }));
        return layer;
    }

    public static WeightParams Floats(params float[] values) => new() { FloatValue = { values } };

    /// <summary>One value of 1 in half precision.</summary>
    public static WeightParams HalfOne() => new() { Float16Value = ByteString.CopyFrom(0x00, 0x3c) };

    /// <summary>One value in eight bits.</summary>
    public static WeightParams QuantizedOne() => new()
    {
        RawValue = ByteString.CopyFrom(1),
        Quantization = new() { NumberOfBits = 8, LinearQuantization = new() { Scale = { 1 } } },
    };
}
