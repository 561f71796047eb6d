using Attune.Format;
using Attune.Format.Specification;
using Attune.Lowering;

namespace Attune.Models;

/// <summary>
/// What a model is made of, for tools that show it: its type, and the layers, stages or sizes that go with that. Made
/// from the file's message, so that models which cannot run are described too.
/// </summary>
/// <param name="Type">The field of the file that holds the model: <c>neuralNetworkClassifier</c>.</param>
/// <param name="SpecificationVersion">The version of the format that the file asks for.</param>
/// <param name="Description">What the model, or stage, says of itself.</param>
internal sealed record ModelStructure(string Type, int SpecificationVersion, MLModelDescription Description)
{
    /// <summary>The layers of a network; empty for other types.</summary>
    public IReadOnlyList<LayerStructure> Layers { get; init; } = [];

    /// <summary>The models of a pipeline, in the order in which they run; empty for other types.</summary>
    public IReadOnlyList<ModelStructure> Stages { get; init; } = [];

    /// <summary>The sizes of models that are no networks.</summary>
    public IReadOnlyList<ModelNumber> Numbers { get; init; } = [];

    /// <summary>Why the model cannot run; empty if it can.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The bytes that one prediction takes between the layers; null where that is not known.</summary>
    public long? PredictionBytes { get; init; }

    /// <summary>What a model that was loaded is made of.</summary>
    /// <exception cref="MLModelFormatException">A layer contradicts itself.</exception>
    public static ModelStructure Of(MLModel model) => Of(model.ToDocument(), model.Specification) with
    {
        Reasons = model.Implementation is NotSupportedModel refused ? refused.Refuse().Reasons : [],
        PredictionBytes = (model.Implementation as NeuralNetworkModel)?.PredictionBytes(),
    };

    private static ModelStructure Of(ModelDocument document, Model model)
    {
        MLModelDescription description = DescriptionReader.Read(model);
        return new ModelStructure(ModelFacts.FieldName(model.TypeCase), model.SpecificationVersion, description)
        {
            Layers = NetworkSpecification.Of(model) is { } network
                ? NetworkStructure.Of(document, model, network, description)
                : [],
            Stages = [.. ModelFacts.Stages(model).Select(stage => Of(document, stage))],
            Numbers = ModelNumbers.Of(model),
        };
    }
}
