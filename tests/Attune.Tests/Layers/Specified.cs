using Attune.Arrays;
using Attune.Format;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Layers;
using Attune.Runtime;

namespace Attune.Tests.Layers;

/// <summary>Layers read from messages as a file would have them, and run on their own.</summary>
internal static class Specified
{
    public static Layer Read(NeuralNetworkLayer layer)
    {
        if (layer.Name.Length == 0)
            layer.Name = "it";
        if (layer.Input.Count == 0)
            layer.Input.Add("x");
        var model = new Model { NeuralNetwork = new NeuralNetwork { Layers = { layer } } };
        ModelDocument document = ModelDocument.Of(model);
        return LayerCatalogue.Read(new LayerSource(document.Model.NeuralNetwork.Layers[0], document));
    }

    public static WeightParams Weights(params float[] values) => new() { FloatValue = { values } };

    /// <summary>Reproducible weights.</summary>
    public static WeightParams Random(int count, long seed = 1)
    {
        var random = new RandomStream(seed);
        var weights = new WeightParams();
        for (int i = 0; i < count; i++)
            weights.FloatValue.Add((float)random.NextGaussian());
        return weights;
    }

    public static Shape InferOne(Layer layer, params ReadOnlySpan<Shape> inputs) => Assert.Single(layer.Infer(inputs));

    /// <summary>The output of one sample, or of as many as the values have.</summary>
    public static double[] Run(Layer layer, Shape shape, params double[] values) => Run(layer, (shape, values));

    public static double[] Run(Layer layer, params (Shape Shape, double[] Values)[] inputs)
    {
        int batch = inputs.Length == 0 ? 1 : inputs[0].Values.Length / inputs[0].Shape.Count;
        Plan<double> plan = Plan<double>(layer, batch, [.. inputs.Select(input => input.Shape)]);
        for (int i = 0; i < inputs.Length; i++)
            inputs[i].Values.CopyTo(plan.Input(i, batch));
        plan.Run(batch);
        return plan.Output(0, batch).ToArray();
    }

    public static Plan<T> Plan<T>(Layer layer, int batch, IReadOnlyList<Shape> inputs)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Value[] values = [.. inputs.Select((_, i) => new Value($"x{i}"))];
        var output = new Value("y");
        var network = new Network(values, [new Node(layer, values, [output])], [output]);
        return new Plan<T>(
            network, ParameterSet<T>.Initial(layer.Parameters), inputs, batch, Workers.Single, keepsAll: true);
    }
}
