using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>How a network is to be updated, collected call by call, then written into the model's message.</summary>
internal sealed class UpdateDraft
{
    private readonly List<string> layers = [];
    private readonly List<LossDraft> losses = [];

    public Optimizer? Optimizer { get; set; }

    public Int64Parameter? Epochs { get; set; }

    public Int64Parameter? Seed { get; set; }

    public bool? Shuffles { get; set; }

    public void Mark(IEnumerable<string> names) => layers.AddRange(names.Except(layers));

    public void Add(LossDraft loss) => losses.Add(loss);

    private bool IsEmpty => layers.Count == 0 && losses.Count == 0
        && (Optimizer ?? (object?)Epochs ?? Seed ?? (object?)Shuffles) is null;

    /// <summary>Writes what was asked for; what was not stays as the message has it.</summary>
    /// <param name="model">A network with its description.</param>
    /// <param name="shapeOf">The shape that a value has as a feature; null if it is not known.</param>
    /// <returns>What cannot be written.</returns>
    public IEnumerable<ModelProblem> ApplyTo(Model model, Func<string, int[]?> shapeOf)
    {
        if (IsEmpty)
            return [];
        model.IsUpdatable = true;
        if (NetworkSpecification.Of(model) is not { } network)
            return
            [
                new ModelProblem(
                    "updatable.layers.unknown",
                    "Layers, loss and optimizer are parts of neural networks; this model is of the type " +
                    $"{Model.Descriptor.FindFieldByNumber((int)model.TypeCase)?.Name ?? "unknown"}."),
            ];

        var problems = new List<ModelProblem>();
        MarkLayers(network, problems);
        NetworkUpdateParameters update = network.Update ?? new NetworkUpdateParameters();
        update.Optimizer = Optimizer ?? update.Optimizer;
        update.Epochs = Epochs ?? update.Epochs;
        update.Seed = Seed ?? update.Seed;
        // Core ML's own tools write a shuffle; a file without one means none.
        if (Shuffles is not null || update.Shuffle is null)
            update.Shuffle = new BoolParameter { DefaultValue = Shuffles ?? true };
        if (losses.Count > 0)
            WriteLosses(model, network, update, shapeOf, problems);
        Networks.SetUpdate(model, update);
        return problems;
    }

    private void MarkLayers(NetworkSpecification network, List<ModelProblem> problems)
    {
        foreach (string name in layers)
        {
            NeuralNetworkLayer[] named = [.. network.Layers.Where(layer => layer.Name == name)];
            if (named.Length == 0)
                problems.Add(new ModelProblem(
                    "updatable.layers.unknown",
                    $"Layer '{name}' is to be updatable; the model has no layer of this name."));
            foreach (NeuralNetworkLayer layer in named)
            {
                layer.IsUpdatable = true;
                foreach (WeightParams weights in LayerWeights.Of(layer))
                    weights.IsUpdatable = true;
            }
        }
    }

    private void WriteLosses(
        Model model,
        NetworkSpecification network,
        NetworkUpdateParameters update,
        Func<string, int[]?> shapeOf,
        List<ModelProblem> problems)
    {
        update.LossLayers.Clear();
        model.Description.TrainingInput.Clear();
        model.Description.TrainingInput.AddRange(model.Description.Input.Select(input => input.Clone()));
        foreach (LossDraft loss in losses)
        {
            update.LossLayers.Add(loss.ToMessage(network));
            if (loss.TargetFeature(model, network, shapeOf) is { } feature)
                model.Description.TrainingInput.Add(feature);
            else
                problems.Add(new ModelProblem("updatable.loss.shape", loss.ShapeUnknown(network)));
        }
    }
}
