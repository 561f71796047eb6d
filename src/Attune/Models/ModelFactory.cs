using Attune.Format;
using Attune.Lowering;
using Type = Attune.Format.Specification.Model.TypeOneofCase;

namespace Attune.Models;

/// <summary>Chooses the implementation of a model by its type in the file.</summary>
internal static class ModelFactory
{
    /// <exception cref="MLModelFormatException">The model contradicts itself.</exception>
    public static ModelImplementation Make(ModelContext context)
    {
        try
        {
            return Choose(context);
        }
        catch (MLModelNotSupportedException refusal)
        {
            return new NotSupportedModel(refusal.Message, refusal.Reasons);
        }
    }

    private static ModelImplementation Choose(ModelContext context) => context.Model.TypeCase switch
    {
        Type.NeuralNetwork => Network(context),
        Type.NeuralNetworkClassifier => Network(context),
        Type.NeuralNetworkRegressor => Network(context),
        _ => NotBuilt(context),
    };

    private static NeuralNetworkModel Network(ModelContext context) => new(
        NetworkLowering.Lower(
            context.Document, context.Model, NetworkSpecification.Of(context.Model)!, context.Description),
        context.Workers);

    private static NotSupportedModel NotBuilt(ModelContext context)
    {
        string type = ModelFacts.FieldName(context.Model.TypeCase);
        string reason = $"Models of the type {type} show their description; predicting with them is not supported.";
        return new NotSupportedModel(reason, [reason]);
    }
}
