using Attune.Format;
using Attune.Graph;
using Attune.Lowering;

namespace Attune.Update;

/// <summary>
/// Which parameters an update trains: those that the file marks, or those of the layers that the caller names.
/// </summary>
internal static class TrainableParameters
{
    /// <exception cref="ArgumentException">The caller names a layer that does not exist or has no weights.</exception>
    /// <exception cref="MLModelNotSupportedException">Nothing that is to be trained leads to the loss, or the profile
    /// forbids it.</exception>
    public static HashSet<Parameter> Choose(LoweredNetwork network, Value judged, MLUpdateOptions options)
    {
        HashSet<Parameter> chosen = options.TrainableLayers is { } layers
            ? Named(network.Network, layers)
            : [.. network.Network.Parameters.Where(parameter => parameter.IsMarkedUpdatable)];

        // Layers beside the path to the loss are accepted, as Core ML does, and stay as they are.
        chosen.IntersectWith(network.Network.Ancestors([judged]).SelectMany(node => node.Layer.Parameters));
        if (chosen.Count == 0)
            throw Refuse(
                options.TrainableLayers is null
                    ? "The model marks no layer as updatable that leads to its loss. Name layers in " +
                        "MLUpdateOptions.TrainableLayers."
                    : "None of the layers in MLUpdateOptions.TrainableLayers leads to the model's loss.");
        if (options.Profile == MLUpdateProfile.CoreML)
            RequireCoreML(network.Network, judged, chosen);
        return chosen;
    }

    private static HashSet<Parameter> Named(Network network, IReadOnlyCollection<string> layers)
    {
        var parameters = new HashSet<Parameter>();
        foreach (string layer in layers)
        {
            Parameter[] owned = [.. network.Parameters.Where(parameter => parameter.Layer == layer)];
            if (owned.Length == 0)
                throw new ArgumentException(
                    $"MLUpdateOptions.TrainableLayers takes names of layers with weights; got '{layer}'. " +
                    "Such layers are: " +
                    $"{string.Join(", ", network.Parameters.Select(parameter => parameter.Layer).Distinct())}.");
            parameters.UnionWith(owned);
        }
        return parameters;
    }

    private static void RequireCoreML(Network network, Value judged, HashSet<Parameter> trainable)
    {
        IReadOnlyList<Node> needed = network.Ancestors([judged]);
        GradientPath path = GradientPath.Find(needed, judged, trainable, []);
        string[] reasons =
        [
            .. path.Nodes
                .Where(node => node.Layer.Parameters.Any(trainable.Contains)
                    && !CoreMLTraining.MayTrain(node.Layer.QualifiedKind))
                .Select(node => $"{node.Layer} cannot be trained by Core ML."),
            .. path.Nodes
                .Where(node => !CoreMLTraining.PassesGradient(
                    node.Layer.QualifiedKind, isLast: node.Outputs.Contains(judged)))
                .Select(node => $"{node.Layer} passes no gradient in Core ML."),
        ];
        if (reasons.Length > 0)
            throw new MLModelNotSupportedException(
                $"The update is outside of what Core ML trains: {string.Join(" ", reasons)} MLUpdateProfile.Any " +
                "trains it.", reasons);
    }

    private static MLModelNotSupportedException Refuse(string reason) => new(reason, [reason]);
}
