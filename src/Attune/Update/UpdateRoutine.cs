using Attune.Models;

namespace Attune.Update;

/// <summary>How one type of model learns. Made, and the model and parameters checked, before the task starts.</summary>
internal abstract class UpdateRoutine
{
    /// <summary>The hyper-parameters with the values that are in force now.</summary>
    public abstract ParameterTable Parameters { get; }

    /// <exception cref="MLModelNotSupportedException">The model cannot be updated, or not as asked; all reasons are
    /// given.</exception>
    public static UpdateRoutine For(MLModel model, IMLBatchProvider data, MLModelConfiguration configuration)
    {
        if (model.Implementation is NotSupportedModel unsupported)
            throw unsupported.Refuse();
        bool isUpdatable = model.ModelDescription.IsUpdatable;
        return model.Implementation switch
        {
            NeuralNetworkModel network when isUpdatable => new NetworkUpdate(model, network, data, configuration),
            NearestNeighborsModel neighbors when isUpdatable =>
                new NeighborsUpdate(model, neighbors, data, configuration),
            NeuralNetworkModel => throw NotUpdatable(
                "it is not marked as updatable. Mark layers, a loss and an optimizer in the file first"),
            NearestNeighborsModel => throw NotUpdatable("it is not marked as updatable"),
            PipelineModel { Last.Description.IsUpdatable: false } pipeline => throw NotUpdatable(
                $"the last model of its pipeline, '{pipeline.Last.Name}', is not marked as updatable, and only the " +
                "last one learns"),
            PipelineModel pipeline when isUpdatable => new PipelineUpdate(model, pipeline, data, configuration),
            PipelineModel => throw NotUpdatable("it is not marked as updatable"),
            _ => throw NotUpdatable("models of its type do not learn"),
        };
    }

    /// <summary>Trains, on the caller's thread.</summary>
    /// <exception cref="OperationCanceledException">The session was cancelled.</exception>
    public abstract UpdateResult Run(IUpdateSession session);

    /// <summary>The epoch that would be the result if no other were to come, as the model and the epoch's index: the
    /// best one where held-out samples tell, or else the last one; -1 is the model that training began with. Null
    /// before an epoch has ended. For handlers of the beginning and of epochs' ends.</summary>
    public virtual (MLModel Model, int Epoch)? Best() => null;

    /// <summary>A change of a parameter that is made while training, checked and in its final form.</summary>
    /// <exception cref="ArgumentException">It may not change while training, or not to this value.</exception>
    public abstract KeyValuePair<MLParameterKey, object> RequireChange(KeyValuePair<MLParameterKey, object> change);

    private static MLModelNotSupportedException NotUpdatable(string reason)
    {
        string sentence = $"The model cannot be updated: {reason}.";
        return new MLModelNotSupportedException(sentence, [sentence]);
    }
}
