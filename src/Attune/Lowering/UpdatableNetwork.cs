using Attune.Format;
using Attune.Format.Specification;
using Attune.Layers;

namespace Attune.Lowering;

/// <summary>A network that is marked as updatable, as <see cref="UpdatableNetworkRules"/> look at it.</summary>
internal sealed class UpdatableNetwork
{
    // For each layer the layers that make its inputs.
    private readonly List<int[]> makers = [];
    private readonly Dictionary<string, int> makerByValue = new(StringComparer.Ordinal);

    public UpdatableNetwork(Model model, NetworkSpecification network, ModelDocument document, bool asCoreMLOnly)
    {
        Model = model;
        Network = network;
        Document = document;
        AsCoreMLOnly = asCoreMLOnly;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            NeuralNetworkLayer layer = network.Layers[i];
            makers.Add([.. layer.Input.Where(makerByValue.ContainsKey).Select(name => makerByValue[name])]);
            foreach (string output in layer.Output)
                makerByValue[output] = i;
        }
    }

    public Model Model { get; }

    public NetworkSpecification Network { get; }

    public ModelDocument Document { get; }

    /// <summary>Whether only what Core ML trains may be trained.</summary>
    public bool AsCoreMLOnly { get; }

    public ModelDescription Description => Model.Description ?? new ModelDescription();

    public NetworkUpdateParameters Update => Network.Update ?? new NetworkUpdateParameters();

    public IEnumerable<NeuralNetworkLayer> Marked => Network.Layers.Where(layer => layer.IsUpdatable);

    /// <summary>The layer that makes a value, of several the last; -1 if none does.</summary>
    public int MakerOf(string value) => makerByValue.GetValueOrDefault(value, -1);

    /// <summary>The layers that make the inputs of a layer.</summary>
    public IReadOnlyList<int> MakersOf(int layer) => makers[layer];

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
