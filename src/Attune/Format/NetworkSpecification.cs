using Attune.Format.Specification;

namespace Attune.Format;

/// <summary>
/// The part that the file's three kinds of network (plain, classifier, regressor) have in common, and the labels that
/// only a classifier has.
/// </summary>
internal sealed record NetworkSpecification(
    IReadOnlyList<NeuralNetworkLayer> Layers,
    IReadOnlyList<NeuralNetworkPreprocessing> Preprocessing,
    NeuralNetworkMultiArrayShapeMapping ArrayMapping,
    NeuralNetworkImageShapeMapping ImageMapping,
    NetworkUpdateParameters? Update)
{
    /// <summary>The labels in the order of the probabilities; null if the network is no classifier.</summary>
    public IReadOnlyList<object>? Labels { get; init; }

    /// <summary>The value that holds the probabilities; empty for the output of the last layer.</summary>
    public string ProbabilitiesName { get; init; } = "";

    /// <summary>The network of a model; null if the model is of another type.</summary>
    public static NetworkSpecification? Of(Model model) => model.TypeCase switch
    {
        Model.TypeOneofCase.NeuralNetwork => Of(model.NeuralNetwork),
        Model.TypeOneofCase.NeuralNetworkClassifier => Of(model.NeuralNetworkClassifier),
        Model.TypeOneofCase.NeuralNetworkRegressor => Of(model.NeuralNetworkRegressor),
        _ => null,
    };

    private static NetworkSpecification Of(NeuralNetwork network) => new(
        network.Layers,
        network.Preprocessing,
        network.ArrayInputShapeMapping,
        network.ImageInputShapeMapping,
        network.UpdateParams);

    private static NetworkSpecification Of(NeuralNetworkRegressor network) => new(
        network.Layers,
        network.Preprocessing,
        network.ArrayInputShapeMapping,
        network.ImageInputShapeMapping,
        network.UpdateParams);

    private static NetworkSpecification Of(NeuralNetworkClassifier network) => new(
        network.Layers,
        network.Preprocessing,
        network.ArrayInputShapeMapping,
        network.ImageInputShapeMapping,
        network.UpdateParams)
    {
        ProbabilitiesName = network.LabelProbabilityLayerName,
        Labels = network.ClassLabelsCase switch
        {
            NeuralNetworkClassifier.ClassLabelsOneofCase.StringClassLabels => [.. network.StringClassLabels.Vector],
            NeuralNetworkClassifier.ClassLabelsOneofCase.Int64ClassLabels => [.. network.Int64ClassLabels.Vector],
            _ => [],
        },
    };
}
