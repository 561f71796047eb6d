using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Networks;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on recurrent layers, all of one number in and out.</summary>
internal static class RecurrentLayerBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Breach.OfLayer(
            "layer.recurrent.function",
            () => Layer(["x", "h"], ["y", "h_out"], layer => layer.SimpleRecurrent = new()
            {
                InputVectorSize = 1, OutputVectorSize = 1, Activation = Tanh(),
                WeightMatrix = Floats(1), RecursionMatrix = Floats(1),
            }),
            layer => layer.SimpleRecurrent.Activation = new() { Softsign = new() },
            rank: 5),
        Breach.OfLayer(
            "layer.lstm.functions",
            () => Layer(["x"], ["y", "h", "c"], layer => layer.UniDirectionalLSTM = new()
            {
                InputVectorSize = 1, OutputVectorSize = 1, WeightParams = Weights(),
                Activations = { Tanh(), Tanh(), Tanh() },
            }),
            layer => layer.UniDirectionalLSTM.Activations.RemoveAt(2),
            rank: 5),
        Breach.OfLayer(
            "layer.lstm.directions",
            () => Layer(["x"], ["y", "h", "c", "h_back", "c_back"], layer => layer.BiDirectionalLSTM = new()
            {
                InputVectorSize = 1, OutputVectorSize = 1, WeightParams = { Weights(), Weights() },
                ActivationsForwardLSTM = { Tanh(), Tanh(), Tanh() },
                ActivationsBackwardLSTM = { Tanh(), Tanh(), Tanh() },
            }),
            layer => layer.BiDirectionalLSTM.WeightParams.RemoveAt(1),
            rank: 5),
    ];

    private static ActivationParams Tanh() => new() { Tanh = new() };

    private static LSTMWeightParams Weights() => new()
    {
        InputGateWeightMatrix = Floats(1), ForgetGateWeightMatrix = Floats(1),
        BlockInputWeightMatrix = Floats(1), OutputGateWeightMatrix = Floats(1),
        InputGateRecursionMatrix = Floats(1), ForgetGateRecursionMatrix = Floats(1),
        BlockInputRecursionMatrix = Floats(1), OutputGateRecursionMatrix = Floats(1),
    };
}
