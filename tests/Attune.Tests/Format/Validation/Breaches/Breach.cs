using Attune.Format.Specification;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>A way to break one rule.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Good">Makes a model that keeps all rules.</param>
/// <param name="Spoil">Changes that model so that it breaks this rule, and as few others as may be.</param>
internal sealed record Breach(string Rule, Func<Model> Good, Action<Model> Spoil)
{
    /// <summary>The breach of a rule on layers, in a network of this layer alone.</summary>
    /// <param name="rule">Its name.</param>
    /// <param name="layer">Makes a layer that keeps all rules.</param>
    /// <param name="spoil">Changes the layer.</param>
    /// <param name="rank">The rank of the layer's inputs.</param>
    public static Breach OfLayer(
        string rule, Func<NeuralNetworkLayer> layer, Action<NeuralNetworkLayer> spoil, int rank = 1) =>
        new(rule, () => Networks.Of(layer(), rank), model => spoil(model.NeuralNetwork.Layers[0]));

    public Model Spoiled()
    {
        Model model = Good();
        Spoil(model);
        return model;
    }
}
