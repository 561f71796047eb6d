using Attune.Format;
using Attune.Format.Specification;
using Attune.Lowering;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>Chooses the implementation of a model by its type in the file.</summary>
internal static class ModelFactory
{
    /// <exception cref="MLModelFormatException">The model contradicts itself.</exception>
    public static ModelImplementation Make(
        ModelDocument document, Model model, MLModelDescription description, Workers workers)
    {
        if (NetworkSpecification.Of(model) is not { } network)
            return NotBuilt(model);
        try
        {
            return new NeuralNetworkModel(
                NetworkLowering.Lower(document, model, network, description), workers);
        }
        catch (MLModelNotSupportedException refusal)
        {
            return new NotSupportedModel(refusal.Message, refusal.Reasons);
        }
    }

    private static NotSupportedModel NotBuilt(Model model)
    {
        string type = ModelFacts.FieldName(model.TypeCase);
        string reason = $"Models of the type {type} show their description; predicting with them is not supported.";
        return new NotSupportedModel(reason, [reason]);
    }
}
