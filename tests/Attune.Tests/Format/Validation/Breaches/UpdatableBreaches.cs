using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on updatable networks.</summary>
internal static class UpdatableBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        OfLine("updatable.layers.none", network => network.Layers[0].IsUpdatable = false),
        new(
            "updatable.layers.kind",
            () => TestModels.SmallClassifier(),
            model => model.NeuralNetworkClassifier.Layers[1].IsUpdatable = true),
        OfDense("updatable.weights.quantized", dense => dense.Weights = Marked(QuantizedOne())),
        OfDense("updatable.weights.encoding", dense => dense.Bias = Marked(HalfOne())),
        OfDense("updatable.weights.marked", dense => dense.Weights.IsUpdatable = false),
        OfLoss("updatable.names.unique", loss => loss.Name = "line"),
        OfLine("updatable.loss.count", network => network.UpdateParams.LossLayers.Clear()),
        OfLoss("updatable.loss.kind", loss => loss.ClearLossLayerType()),
        new(
            "updatable.loss.softmax",
            () => TestModels.SmallClassifier(),
            model => model.NeuralNetworkClassifier.UpdateParams.LossLayers[0].CategoricalCrossEntropyLossLayer.Input =
                "d"),
        OfLoss("updatable.loss.input", loss => loss.MeanSquaredErrorLossLayer.Input = "x"),
        OfLoss("updatable.loss.target", loss => loss.MeanSquaredErrorLossLayer.Target = "y"),

        OfParameters("updatable.optimizer.kind", update => update.Optimizer.ClearOptimizerType()),
        OfParameters("updatable.parameters.missing", update => update.Epochs = null),
        OfParameters("updatable.parameters.positive", update => update.Epochs = new() { DefaultValue = 0 }),
        OfParameters("updatable.parameters.set", update =>
            update.Epochs = new() { DefaultValue = 1, Set = new() { Values = { 1, 0 } } }),
        OfParameters("updatable.parameters.allowed", update => update.Epochs.DefaultValue = 1000),

        new(
            "updatable.gradient.path",
            TestModels.SmallRegressor,
            model => model.NeuralNetworkRegressor.Layers[1].Activation = new() { Linear = new() }),
        new(
            "updatable.gradient.branch",
            TwoPaths,
            model => model.NeuralNetwork.Layers[0].Activation = new() { Linear = new() }),

        OfDescription("updatable.training.inputs.count", description => description.TrainingInput.RemoveAt(1)),
        OfDescription("updatable.training.inputs.shared", description => description.TrainingInput[0].Name = "z"),
        OfDescription("updatable.training.inputs.new", description =>
            description.TrainingInput[1] = description.TrainingInput[0].Clone()),
        OfDescription("updatable.training.inputs.target", description => description.TrainingInput[1].Name = "z"),
    ];

    // Two ways from the loss up to the input: past a function, and past the trained layer, which makes the weights of
    // a convolution.
    private static Model TwoPaths()
    {
        Model line = TestModels.Line();
        NeuralNetworkLayer last = Layer(["r", "w"], ["y"], layer => layer.Convolution = new()
        {
            OutputChannels = 1, KernelChannels = 1, KernelSize = { 1, 1 }, Valid = new(),
        });
        Model model = Of(last, rank: 4);
        model.IsUpdatable = true;
        model.Description.Input.Clear();
        model.Description.Input.Add(TestModels.Array("x", 1, 1, 1, 1));
        model.Description.TrainingInput.Add(model.Description.Input[0]);
        model.Description.TrainingInput.Add(TestModels.Array("y_true", 1, 1, 1, 1));
        model.NeuralNetwork.UpdateParams = line.NeuralNetwork.UpdateParams;
        model.NeuralNetwork.Layers.Insert(
            0, TestModels.Layer("function", "x", "r", layer => layer.Activation = new() { ReLU = new() }));
        model.NeuralNetwork.Layers.Insert(1, TestModels.Dense("trained", "x", "w", 1, 1, [1], [0]));
        return model;
    }

    private static Breach OfDense(string rule, Action<InnerProductLayerParams> spoil) =>
        OfLine(rule, network => spoil(network.Layers[0].InnerProduct));

    private static Breach OfLoss(string rule, Action<LossLayer> spoil) =>
        OfParameters(rule, update => spoil(update.LossLayers[0]));

    private static Breach OfParameters(string rule, Action<NetworkUpdateParameters> spoil) =>
        OfLine(rule, network => spoil(network.UpdateParams));

    private static Breach OfLine(string rule, Action<NeuralNetwork> spoil) =>
        new(rule, () => TestModels.Line(), model => spoil(model.NeuralNetwork));

    private static Breach OfDescription(string rule, Action<ModelDescription> spoil) =>
        new(rule, () => TestModels.Line(), model => spoil(model.Description));

    private static WeightParams Marked(WeightParams weights)
    {
        weights.IsUpdatable = true;
        return weights;
    }
}
