using Attune.Format.Specification;
using Function = Attune.Format.Specification.ActivationParams.NonlinearityTypeOneofCase;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on the functions and the directions of recurrent layers.</summary>
internal static class RecurrentLayerRules
{
    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new(
                "layer.recurrent.function",
                "The functions of recurrent layers are linear, sigmoid, tanh, scaledTanh, sigmoidHard or ReLU.",
                "Choose one of them.",
                Functions),
            Kind.SimpleRecurrent, Kind.Gru, Kind.UniDirectionalLSTM, Kind.BiDirectionalLSTM),
        new(
            new("layer.lstm.functions", "An LSTM has three functions in each direction.", "Give three.", Three),
            Kind.UniDirectionalLSTM, Kind.BiDirectionalLSTM),
        new(
            new(
                "layer.lstm.directions",
                "An LSTM in two directions has the weights of both.",
                "Give two weightParams, forward and backward.",
                Directions),
            Kind.BiDirectionalLSTM),
    ];

    private static IEnumerable<Flaw> Functions(ValidatedLayer layer) =>
        from list in Lists(layer.Layer)
        from function in list.Functions
        where function.NonlinearityTypeCase is not (Function.Linear or Function.Sigmoid or Function.Tanh
            or Function.ScaledTanh or Function.SigmoidHard or Function.ReLU)
        select new Flaw(
            $"{layer} takes linear, sigmoid, tanh, scaledTanh, sigmoidHard or ReLU; got " +
            $"{function.NonlinearityTypeCase}.",
            list.Field);

    private static IEnumerable<Flaw> Three(ValidatedLayer layer) =>
        from list in Lists(layer.Layer)
        where list.Functions.Count != 3
        select new Flaw($"{layer} takes 3 functions; got {list.Functions.Count}.", list.Field);

    private static IEnumerable<Flaw> Directions(ValidatedLayer layer)
    {
        int count = layer.Layer.BiDirectionalLSTM.WeightParams.Count;
        if (count != 2)
            yield return new Flaw($"{layer} takes 2 sets of weights; got {count}.", "weightParams");
    }

    private static IEnumerable<(string Field, IReadOnlyList<ActivationParams> Functions)> Lists(
        NeuralNetworkLayer layer) => layer switch
        {
            { SimpleRecurrent: { } fields } => [("activation", [fields.Activation ?? new ActivationParams()])],
            { Gru: { } fields } => [("activations", fields.Activations)],
            { UniDirectionalLSTM: { } fields } => [("activations", fields.Activations)],
            { BiDirectionalLSTM: { } fields } =>
            [
                ("activationsForwardLSTM", fields.ActivationsForwardLSTM),
                ("activationsBackwardLSTM", fields.ActivationsBackwardLSTM),
            ],
            _ => [],
        };
}
