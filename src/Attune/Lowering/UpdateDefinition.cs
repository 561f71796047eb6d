using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>Which optimizer a file asks for.</summary>
internal enum OptimizerKind
{
    Sgd,
    Adam,
}

/// <summary>Which loss a file asks for.</summary>
internal enum LossKind
{
    CategoricalCrossEntropy,
    MeanSquaredError,
}

/// <summary>How a file wants its network updated.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="LossInput">The value of the network that the loss judges.</param>
/// <param name="LossTarget">The feature that says what it should be, unless the training inputs have the class label
/// instead.</param>
/// <param name="Optimizer">The optimizer.</param>
internal sealed record UpdateDefinition(LossKind Loss, string LossInput, string LossTarget, OptimizerKind Optimizer)
{
    /// <exception cref="MLModelFormatException">The file does not say what an update needs.</exception>
    public static UpdateDefinition Read(NetworkUpdateParameters? update)
    {
        if (update is null)
            throw new MLModelFormatException("The model is marked as updatable; it has no update parameters.");
        if (update.LossLayers.Count != 1)
            throw new MLModelFormatException(
                $"An updatable network takes one loss layer; got {update.LossLayers.Count}.");

        LossLayer loss = update.LossLayers[0];
        OptimizerKind optimizer = update.Optimizer?.OptimizerTypeCase switch
        {
            Format.Specification.Optimizer.OptimizerTypeOneofCase.SgdOptimizer => OptimizerKind.Sgd,
            Format.Specification.Optimizer.OptimizerTypeOneofCase.AdamOptimizer => OptimizerKind.Adam,
            _ => throw new MLModelFormatException("An updatable network takes an SGD or an Adam optimizer; got none."),
        };
        return loss.LossLayerTypeCase switch
        {
            LossLayer.LossLayerTypeOneofCase.CategoricalCrossEntropyLossLayer => new UpdateDefinition(
                LossKind.CategoricalCrossEntropy,
                loss.CategoricalCrossEntropyLossLayer.Input,
                loss.CategoricalCrossEntropyLossLayer.Target,
                optimizer),
            LossLayer.LossLayerTypeOneofCase.MeanSquaredErrorLossLayer => new UpdateDefinition(
                LossKind.MeanSquaredError,
                loss.MeanSquaredErrorLossLayer.Input,
                loss.MeanSquaredErrorLossLayer.Target,
                optimizer),
            _ => throw new MLModelFormatException(
                $"Loss layer '{loss.Name}' takes a categorical cross entropy or a mean squared error; got none " +
                "of them.", loss.Name),
        };
    }
}
