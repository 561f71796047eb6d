using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>What the three kinds of network have in common, for writing.</summary>
internal static class Networks
{
    /// <summary>The first output of the last layer; empty if there is none.</summary>
    public static string LastValue(IReadOnlyList<NeuralNetworkLayer> layers) =>
        layers.Count == 0 ? "" : layers[^1].Output.FirstOrDefault() ?? "";

    /// <summary>Gives a network its update parameters.</summary>
    public static void SetUpdate(Model model, NetworkUpdateParameters update)
    {
        if (model.NeuralNetwork is { } plain)
            plain.UpdateParams = update;
        else if (model.NeuralNetworkClassifier is { } classifier)
            classifier.UpdateParams = update;
        else if (model.NeuralNetworkRegressor is { } regressor)
            regressor.UpdateParams = update;
    }
}
