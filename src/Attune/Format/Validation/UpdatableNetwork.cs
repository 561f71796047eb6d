using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>A network that is marked as updatable, as <see cref="UpdatableNetworkRules"/> look at it.</summary>
internal sealed class UpdatableNetwork : IValidated
{
    // For each layer the layers that make its inputs.
    private readonly List<int[]> makers = [];
    private readonly Dictionary<string, int> makerByValue = new(StringComparer.Ordinal);
    private readonly ILookup<string, FeatureDescription> inputs;

    public UpdatableNetwork(ValidatedNetwork validated)
    {
        NetworkSpecification network = validated.Network;
        Where = validated.Where;
        Network = network;
        Description = validated.Description;
        Document = validated.Model.Document;
        inputs = Description.Input.ToLookup(input => input.Name, StringComparer.Ordinal);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            NeuralNetworkLayer layer = network.Layers[i];
            makers.Add([.. layer.Input.Where(makerByValue.ContainsKey).Select(name => makerByValue[name])]);
            foreach (string output in layer.Output)
                makerByValue[output] = i;
        }
    }

    public string Where { get; }

    public NetworkSpecification Network { get; }

    public ModelDocument Document { get; }

    public ModelDescription Description { get; }

    public NetworkUpdateParameters Update => Network.Update ?? new NetworkUpdateParameters();

    public IEnumerable<NeuralNetworkLayer> Marked => Network.Layers.Where(layer => layer.IsUpdatable);

    /// <summary>The layer that makes a value, of several the last; -1 if none does.</summary>
    public int MakerOf(string value) => makerByValue.GetValueOrDefault(value, -1);

    /// <summary>The layers that make the inputs of a layer.</summary>
    public IReadOnlyList<int> MakersOf(int layer) => makers[layer];

    /// <summary>Whether a training input is an input of predictions, with its name and type.</summary>
    public bool IsPredictionInput(FeatureDescription input) =>
        inputs[input.Name].Any(other => FeatureTypes.AreEquivalent(other.Type, input.Type));

    /// <summary>Where a layer stands in the network.</summary>
    public static string PlaceOf(NeuralNetworkLayer layer) => $"layers['{layer.Name}']";

    /// <summary>The values that a loss judges and is told; null if the file says neither.</summary>
    public static (string Input, string Target)? Ends(LossLayer loss) => loss.LossLayerTypeCase switch
    {
        LossLayer.LossLayerTypeOneofCase.CategoricalCrossEntropyLossLayer =>
            (loss.CategoricalCrossEntropyLossLayer.Input, loss.CategoricalCrossEntropyLossLayer.Target),
        LossLayer.LossLayerTypeOneofCase.MeanSquaredErrorLossLayer =>
            (loss.MeanSquaredErrorLossLayer.Input, loss.MeanSquaredErrorLossLayer.Target),
        _ => null,
    };

    /// <summary>The layer's type as <see cref="CoreMLTraining"/> names it.</summary>
    public static string KindOf(NeuralNetworkLayer layer)
    {
        string kind = LayerKind.Of(layer);
        if (layer.Activation is not { } activation)
            return kind;
        int function = (int)activation.NonlinearityTypeCase;
        return $"{kind}:{ActivationParams.Descriptor.FindFieldByNumber(function)?.Name ?? "none"}";
    }

    /// <summary>How messages name a layer.</summary>
    public static string Name(NeuralNetworkLayer layer) => $"Layer '{layer.Name}' ({LayerKind.Of(layer)})";
}
